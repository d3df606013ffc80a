#!/usr/bin/env bash
# Designs that nobody of this project wrote (../shared/cases): a folder is made of each, or
# refused with line, element and what was expected; the forms are served, and take values.
. "$(dirname "$0")/support/harness.bash"
cases=../shared/cases

refused() { # FILE LINE:COLUMN ELEMENT EXPECTED
    "$osteon" init "$folder" --study "$cases/$1" >/dev/null 2>"$scratch/err"
    is "$1 is refused" 3 $?
    like "$1: at line and column, element and what was expected" \
        "^$cases/$1:$2: error: $3: .*; .*$4" "$(cat "$scratch/err")"
    [ ! -e "$folder" ]
    is "$1 leaves no folder" 0 $?
}

# The folder holds as many forms as the document; FORMS are OIDs, by a blank.
serves() { # FILE FORMS WARNINGS NOT-RUN
    rm -rf "$folder"
    "$osteon" init "$folder" --study "$cases/$1" --password-file "$scratch/password" \
        >/dev/null 2>"$scratch/err"
    is "$1 becomes a folder" 0 $?
    is "$1: so many warnings are shown" "$3" "$(grep -c ': warning: ' "$scratch/err")"
    is "$1: so many expressions are not run" "$4" \
        "$("$osteon" study "$cases/$1" check | grep -c ': not run: ')"
    user_add carol CRC
    serve
    sign_in carol || give_up "signs in" "$body"
    request carol GET /api/study
    says "$1: its forms are in the page's study" '[.forms[].oid]|sort|join(" ")' "$2"
    says "$1: each form stands in an event" \
        '([.forms[].oid]|sort) == ([.events[].forms[]]|unique)' true
}

refused odmlib/cdash-odm-test-invalid.xml 14:13 studyName StudyName
refused odmlib-lj/nonconformant_odm.xml 15:9 ItemRef 'No or Yes'
refused odmlib-lj/nonconformant_odm.xml 17:7 ItemDef integer
like "and ItemDef without Name" ':17:7: error: ItemDef: the attribute Name is missing' "$(cat "$scratch/err")"

serves cdisc/demographics-race.xml FO.DEMOGRAPHICS 0 0
request carol POST /api/participants "{\"site\":\"01\",\"kind\":\"screening\",\"id\":\"$(uuid)\"}"
is "a design without sites gets one" 201 "$status"
participant=$(printf '%s' "$body" | jq .id)
request carol POST /api/mutations "$(batch "$participant" SE.SCREENING FO.DEMOGRAPHICS \
    '[{"item":"IT.DOB","value":"1980-02-29"},{"item":"IT.SEX","value":"2"},
      {"item":"IT.RACE_CODE","row":1,"value":"1"},{"item":"IT.RACE_BOOLEAN","row":1,"value":"true"}]')"
says "values of a nested, repeating group are stored" '[.results[].status]|join(" ")' "ok ok ok ok"
request carol POST /api/mutations "$(batch "$participant" SE.SCREENING FO.DEMOGRAPHICS \
    '[{"item":"IT.RACE_BOOLEAN","row":1,"value":"perhaps"}]')"
says "a boolean is one of two codes" '.results[0].status' rejected
request carol GET /api/overview
says "the overview has no needles to count, but the form's fields" \
    '[.insertions, .screening.screened, (.completeness[]|.form, .forms)]|map(tostring)|join(" ")' \
    "false 1 FO.DEMOGRAPHICS 1"
stop

serves cdisc/protocol-to-workflow-1.3.2.xml \
    'F_AE F_BASELINE F_CM F_COMPLAINTS_REL_SMOKING F_DIARY F_LAB F_WEEK_1_2' 4 8
says "the units of ODM 1 are kept" '[.items[].unit//empty]|length>0' true
stop
serves cdisc/protocol-to-workflow-2.0.xml \
    'F_AE F_BASELINE F_CM F_COMPLAINTS_REL_SMOKING F_DIARY F_LAB F_WEEK_1_2' 4 8
stop
serves cdisc/repeating-item-group-uc-d.xml F.MEDHIST 1 0
stop
serves cdisc/matrix-crf-1.3.2-invalid.xml FO.HYPERCHOLESTEROLEMIA_FAMILY_RISK_FACTORS 6 0
for finding in 13:17:ItemGroupRef 15:13:ItemGroupDef 16:17:ItemGroupRef 18:13:ItemGroupDef \
    19:17:ItemRef 128:9:ClinicalData; do
    like "the matrix: ${finding##*:} at ${finding%:*}" ":${finding%:*}: warning: ${finding##*:}: " \
        "$(cat "$scratch/err")"
done
stop
serves openedc/metadata.xml 'F.1 F.2 F.3 F.4 F.5' 0 9
request carol POST /api/participants "{\"site\":\"01\",\"kind\":\"screening\",\"id\":\"$(uuid)\"}"
participant=$(printf '%s' "$body" | jq .id)
request carol POST /api/mutations "$(batch "$participant" SE.1 F.1 \
    '[{"item":"Age","value":"120"},{"item":"BMI","value":"24.2"},{"item":"WeeksPregnant","value":"12"}]' |
    jq -c '.view=true')"
says "what is not derived here is entered by hand" '[.results[].status]|join(" ")' "ok ok ok"
says "LT 120 does not hold for 120: a query asks" \
    '[.view.queries[]|select(.item=="Age")]|length' 1
stop
serves odmlib/cdash-odm-test.xml 'ODM.F.AE ODM.F.DM ODM.F.RACE ODM.F.VS' 4 0
stop
serves odmlib/test_odm_001-validated.xml 'ODM.F.DM ODM.F.VS' 9 0
stop
serves odmlib/odm-data-snapshot.xml \
    "$(grep -o '<FormDef [^>]*OID="[^"]*"' "$cases/odmlib/odm-data-snapshot.xml" |
        grep -o 'OID="[^"]*"' | cut -d '"' -f 2 | sort | tr '\n' ' ' | sed 's/ $//')" 1 0
stop
serves redcap/simple/project.xml 'Form.demographics Form.health Form.race_and_ethnicity' 4 8
stop
for file in cdisc/inclusion-exclusion-workflow.xml cdisc/simple-timing-constraints.xml \
    odmlib-lj/odmv2_example.xml; do
    "$osteon" study "$cases/$file" check >/dev/null 2>&1
    is "$file, which holds no form, loads" 0 $?
done
finish
