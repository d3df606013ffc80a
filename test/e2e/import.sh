#!/usr/bin/env bash
# Clinical data that nobody of this project wrote (../shared/cases): imported by the study
# that defines it, or refused with each unknown OID; again without effect. What a kill leaves:
# import_killed.sh.
. "$(dirname "$0")/support/harness.bash"
cases=../shared/cases
if [ ! -d "$cases" ]; then
    echo "1..0 # SKIP $cases is not here"
    exit
fi

new_folder() { # DESIGN
    rm -rf "$folder"
    "$osteon" init "$folder" --study "$1" --password-file "$scratch/password" \
        >/dev/null 2>&1 || give_up "makes a folder of $1" "it does not"
    user_add dana DM
}

run_import() { # FILE… [OPTION…]
    "$osteon" import "$folder" "$@" --user dana --password-file "$scratch/password" \
        --json >"$scratch/report" 2>"$scratch/import.err"
    status=$?
    body=$(cat "$scratch/report")
}

holds() { # NAME
    "$osteon" verify "$folder" >"$scratch/verify" 2>&1
    is "$1" 0 $?
}

# Counts of the case's own README: participants and values.
imports() { # FILE PARTICIPANTS VALUES [DESIGN]
    values=$3
    new_folder "$cases/${4:-$1}"
    run_import "$cases/$1"
    is "$1 is imported" 0 "$status"
    says "$1: its participants" .new_participants "$2"
    says "$1: its values" .new_values "$3"
    run_import "$cases/$1"
    says "$1 again adds nothing" '[.new_participants,.new_values,.changed_values]|join(" ")' '0 0 0'
    holds "$1: the log holds, and the tables are what it says"
}

# Written out again, and compared by a program that knows nothing of ours.
returns() { # FILE AUDIT-RECORDS QUERIES [FORMAT]
    local told counts="values $values of $values; audit records $2 of $2; signatures 0 of 0; queries $3 of $3"
    rm -f "$scratch/out.xml"
    "$osteon" export "$folder" "${4:-odm1}" --transactional --out "$scratch/out.xml" >/dev/null 2>"$scratch/err"
    told=$(python3 test/e2e/support/round_trip.py "$cases/$1" "$scratch/out.xml" --history 2>&1)
    is "$1 goes out as it came in" "$counts" "$told"
}

new_folder "$cases/openedc/metadata.xml"
run_import "$cases/openedc/clinicaldata.xml" --dry-run
is "a dry run reads all" "0 1684 false" "$status $(printf '%s' "$body" | jq -r '"\(.values) \(.imported)"')"
imports openedc/clinicaldata.xml 90 1684 openedc/metadata.xml
returns openedc/clinicaldata.xml 90 0
serve
sign_in dana
request dana GET '/api/participants?find=02'
says "a participant is found by the key of the file" '.participants[]|select(.screening_number=="02")|.screening_number' 02
stop
imports cdisc/demographics-race.xml 3 46
returns cdisc/demographics-race.xml 0 0 odm
says "a value that is no code is kept, and said with its line" \
    '[.findings[]|select(.line==199)|.severity]|join(" ")' note
returns cdisc/demographics-race.xml 0 0
imports cdisc/repeating-item-group-uc-d.xml 1 12
returns cdisc/repeating-item-group-uc-d.xml 0 0 odm
imports cdisc/matrix-crf-1.3.2-invalid.xml 1 28
returns cdisc/matrix-crf-1.3.2-invalid.xml 0 0
imports odmlib/odm-data-snapshot.xml 2 165
returns odmlib/odm-data-snapshot.xml 0 0
imports odmxmltools/nvtest.xml 2 9
returns odmxmltools/nvtest.xml 0 0
says "a number with a letter is said with line and item" \
    '.findings[]|select(.line==151)|.sentence|startswith("I_1")' true
imports openclinica/extract.xml 13 769
returns openclinica/extract.xml 179 4
says "the vendor's elements are kept" '.kept_elements>200' true
imports redcap/clinical-trial-1/project.xml 500 6500
returns redcap/clinical-trial-1/project.xml 0 0
imports redcap/repeating-instruments/project.xml 2 34
returns redcap/repeating-instruments/project.xml 0 0
says "REDCap repeats: what redcap: elements let repeat is no deviation" \
    '[.findings[]|select(.sentence|test("does not repeat"))]|length' 0
cat >"$scratch/dates.xml" <<'XML'
<ODM xmlns="http://www.cdisc.org/ns/odm/v1.3" ODMVersion="1.3.1" FileOID="F" FileType="Snapshot" CreationDateTime="2020-01-01T00:00:00">
<ClinicalData StudyOID="Project.REDCapRRepeatinginstruments" MetaDataVersionOID="1"><SubjectData SubjectKey="D-1">
<FormData FormOID="Form.demographics"><ItemGroupData ItemGroupOID="demographics.record_id">
<ItemData ItemOID="dob" Value="1980-02"/>
<ItemData ItemOID="date_enrolled" Value="01 JAN 1980"/>
</ItemGroupData></FormData></SubjectData></ClinicalData></ODM>
XML
run_import "$scratch/dates.xml"
is "partial and odd dates are kept as they stand" "0 2" "$status $(printf '%s' "$body" | jq .new_values)"
says "partial and odd dates are said with line and item" \
    '[.findings[]|select(.severity=="note")|"\(.line) \(.sentence|sub(":.*";""))"]|join(", ")' '4 dob, 5 date_enrolled'
"$osteon" export "$folder" odm1 --out "$scratch/dates_out.xml" >/dev/null 2>&1
is "and go out again so" 2 "$(grep -oE 'Value="(1980-02|01 JAN 1980)"' "$scratch/dates_out.xml" | wc -l)"

# -- without a design ------------------------------------------------------------------------

run_import "$cases/rave/test_double_byte_chars.xml"
is "data of another study are refused" 3 "$status"
says "each unknown OID is named once" '[.unknown[].oid]|join(" ")' \
    'RWS_Training_Japan_20180821(Prod) SUBJECT SURGERY SURGERY_LOG_LINE SURGERY.SURGERYDATE SURGERY.DEVICETYPE SURGERY.DEVICE'
run_import "$cases/libreclinica/sampleImport.xml"
says "with how often it stands there" '[.unknown[]|select(.kind=="item")|.count]|join(" ")' 2
run_import "$cases/odmlib/test_referece_data_01.xml"
is "reference data are refused" 3 "$status"
says "reference data: each unknown OID is named" '[.unknown[].oid]|unique|sort|join(" ")' \
    "$(grep -oE '(ReferenceData StudyOID|ItemGroupOID|ItemOID)="[^"]*"' "$cases/odmlib/test_referece_data_01.xml" |
        cut -d '"' -f 2 | sort -u | tr '\n' ' ' | sed 's/ $//')"
run_import "$cases/openedc/metadata.xml"
is "a design is no data" 3 "$status"
sed 's/ IsReferenceData="Yes"//' test/e2e/support/minimal_test_referece_data_01.xml >"$scratch/unmarked.xml"
new_folder "$scratch/unmarked.xml"
run_import "$cases/odmlib/test_referece_data_01.xml"
is "a section that is not marked takes no reference data" 3 "$status"
says "and the report says so, in Chinese too" '.findings[0]|"\(.line) \(.hint)|\(.sentence_zh)"' \
    '2 mark it in the design: IsReferenceData="Yes"|IT.REF1：分组 IG.REFSAMP 不是参考数据分组'
holds "nothing of them is stored"

# -- hostile -----------------------------------------------------------------------------------

refused() { # NAME CONTENT PATTERN
    printf '%s' "$2" >"$scratch/bad.xml"
    run_import "$scratch/bad.xml"
    is "$1: refused" 3 "$status"
    like "$1: with its place" "$3" "$(cat "$scratch/import.err")"
}
refused "cut off" '<ODM><ClinicalData StudyOID="S">' 'bad.xml:1:33'
refused "an entity bomb" '<!DOCTYPE o [<!ENTITY a "b">]><ODM>&a;</ODM>' 'bad.xml:1:'
refused "GBK" "$(printf '<ODM>\n\xc4\xd0\xb5\xc4</ODM>')" 'bad.xml:2:1'
refused "nested too deeply" "$(printf '<ODM>'; for _ in $(seq 70); do printf '<a>'; done)" 'bad.xml:1:'
# Of a gigabyte only what a tag may be long is read, and no more memory taken.
mkfifo "$scratch/huge.xml"
{
    printf '<ODM><ClinicalData\nStudyOID="'
    head -c 1073741824 /dev/zero | tr '\0' x
    printf '"/></ODM>'
} >"$scratch/huge.xml" 2>/dev/null &
(
    [[ $osteon == *-san* ]] || ulimit -v 600000
    "$osteon" import "$folder" "$scratch/huge.xml" --user dana \
        --password-file "$scratch/password" >/dev/null 2>"$scratch/import.err"
)
is "an attribute of 1 GB is refused in bounded memory" 3 $?
like "an attribute of 1 GB: with its place" 'huge.xml:1:' "$(cat "$scratch/import.err")"
wait
holds "nothing of all that is stored"

# More forms of one event than a portion holds, in a file of ODM 2.0, where they are groups.
new_folder "$cases/openedc/metadata.xml"
study=$(grep -om1 'Study OID="[^"]*"' "$cases/openedc/metadata.xml" | cut -d'"' -f2)
form=$(grep -om1 'FormDef OID="[^"]*"' "$cases/openedc/metadata.xml" | cut -d'"' -f2)
event=$(grep -om1 'StudyEventDef OID="[^"]*"' "$cases/openedc/metadata.xml" | cut -d'"' -f2)
section=$(grep -om1 'ItemGroupDef OID="[^"]*"' "$cases/openedc/metadata.xml" | cut -d'"' -f2)
item=$(grep -om1 'ItemDef OID="[^"]*"' "$cases/openedc/metadata.xml" | cut -d'"' -f2)
{
    printf '<ODM xmlns="http://www.cdisc.org/ns/odm/v2.0" ODMVersion="2.0"><ClinicalData StudyOID="%s" MetaDataVersionOID="1">' "$study"
    printf '<SubjectData SubjectKey="1"><StudyEventData StudyEventOID="%s">' "$event"
    for i in $(seq 1200); do
        printf '<ItemGroupData ItemGroupOID="%s" ItemGroupRepeatKey="%s"><ItemGroupData ItemGroupOID="%s">' "$form" "$i" "$section"
        printf '<ItemData ItemOID="%s"><Value>1</Value></ItemData></ItemGroupData></ItemGroupData>' "$item"
    done
    printf '</StudyEventData></SubjectData></ClinicalData></ODM>'
} >"$scratch/wide.xml"
run_import "$scratch/wide.xml"
is "a participant of 1200 forms is taken in portions" "0 1200" "$status $(printf '%s' "$body" | jq -r .forms)"
holds "and the log holds"
finish
