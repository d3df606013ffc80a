#!/usr/bin/env bash
# REDCap: dictionaries as designs, projects with their data; a checkbox is one answer, forms
# repeat where REDCap says so. What goes out is compared by a program of its own.
. "$(dirname "$0")/support/harness.bash"
cases=../shared/cases/redcap
if [ ! -d "$cases" ]; then
    echo "1..0 # SKIP $cases is not here"
    exit
fi

new_folder() { # DESIGN
    rm -rf "$folder"
    "$osteon" init "$folder" --study "$1" --password-file "$scratch/password" \
        >/dev/null 2>"$scratch/err" || give_up "makes a folder of $1" "$(cat "$scratch/err")"
    user_add dana DM
}

run_import() { # FILE… [OPTION…]
    "$osteon" import "$folder" "$@" --user dana --password-file "$scratch/password" \
        --json >"$scratch/report" 2>"$scratch/import.err"
    status=$?
    body=$(cat "$scratch/report")
}

# NEW counts answers as a person does: a checkbox with anything ticked is one.
imports() { # PROJECT PARTICIPANTS VALUES NEW
    local file=$cases/$1/project.xml told
    new_folder "$file"
    run_import "$file"
    is "$1: imported whole" "0 $2 $3 $4" \
        "$status $(printf '%s' "$body" | jq -r '"\(.new_participants) \(.values) \(.new_values)"')"
    rm -f "$scratch/out.xml"
    "$osteon" export "$folder" odm1 --out "$scratch/out.xml" >/dev/null 2>&1
    told=$(python3 test/e2e/support/round_trip.py "$file" "$scratch/out.xml" --by-form 2>&1)
    is "$1: goes out as it came in" "values $3 of $3; signatures 0 of 0; queries 0 of 0" "$told"
}

# -- projects --------------------------------------------------------------------------------

# 123 values as the cases' README counts them, and five photographs in base64.
imports simple 5 128 103
# As there, and one photograph of 79 KB.
imports longitudinal 3 406 346
imports checkboxes-1 4 50 18
# The choices of one record in the file itself, against the one answer here.
ticked=$(python3 - "$cases/checkboxes-1/project.xml" <<'PYTHON'
import sys, xml.etree.ElementTree as ET
for subject in ET.parse(sys.argv[1]).getroot().iter("{http://www.cdisc.org/ns/odm/v1.3}SubjectData"):
    given = [i.get("ItemOID") for i in subject.iter() if i.get("Value") == "1" and "check_one___" in i.get("ItemOID", "")]
    if len(given) > 1:
        print(subject.get("SubjectKey"), " ".join(oid.split("___")[1] for oid in given))
        break
PYTHON
)
is "REDCap checkboxes fold: several choices are one answer" 1 \
    "$(grep -A20 "SubjectKey=\"${ticked%% *}\"" "$scratch/out.xml" | grep -c "ItemOID=\"check_one\" Value=\"${ticked#* }\"")"
run_import "$cases/checkboxes-1/project.xml"
says "and the same again adds nothing" '[.new_participants,.new_values,.changed_values]|join(" ")' '0 0 0'
# A tick that is taken away, and the last one of an answer.
sed 's/\(ItemOID="check_one___[1-4]" Value=\)"1"/\1"0"/' "$cases/checkboxes-1/project.xml" >"$scratch/unticked.xml"
run_import "$scratch/unticked.xml"
"$osteon" export "$folder" odm1 --out "$scratch/unticked_out.xml" >/dev/null 2>&1
is "REDCap checkboxes fold: what is ticked no more is no answer" "0 0" \
    "$status $(grep -c 'ItemOID="check_one" Value' "$scratch/unticked_out.xml")"
sed 's/\(ItemOID="check_one___1" Value=\)"[01]"/\1"perhaps"/' "$cases/checkboxes-1/project.xml" >"$scratch/odd.xml"
run_import "$scratch/odd.xml"
is "REDCap checkboxes fold: a choice that is neither 1 nor 0 is refused" 3 "$status"
says "with the line and what it should be" '[.findings[]|select(.sentence|test("perhaps"))|.line>0 and (.hint|test("1 when"))]|all and length>0' true

# -- dictionaries ------------------------------------------------------------------------------

for project in clinical-trial-1 longitudinal repeating-instruments checkboxes-1 simple; do
    "$osteon" study "$cases/$project/dictionary.csv" check --json >"$scratch/check" 2>&1
    # Python's own reader of CSV says how many fields and forms there are; each form has a status more.
    expected=$(python3 -c 'import csv, sys
rows = list(csv.reader(open(sys.argv[1], encoding="utf-8-sig")))[1:]
forms = {row[1] for row in rows}
print("true", len(forms), len([r for r in rows if r[3] != "descriptive"]) + len(forms))' "$cases/$project/dictionary.csv")
    is "$project: its dictionary is a design" "$expected" \
        "$(jq -r '"\(.loads) \(.forms) \(.items)"' "$scratch/check")"
done
new_folder "$cases/checkboxes-1/dictionary.csv"
run_import "$cases/checkboxes-1/project.xml"
is "the project's data come into the dictionary's design" "0 4 18" \
    "$status $(printf '%s' "$body" | jq -r '"\(.new_participants) \(.new_values)"')"
"$osteon" export "$folder" odm1 --out "$scratch/of_dictionary.xml" >/dev/null 2>"$scratch/err"
is "and go out as ODM 1.3.2" 0 $? "$(cat "$scratch/err")"
"$osteon" verify "$folder" >/dev/null 2>&1
is "and the log holds" 0 $?
sed 's/radio/radoi/;s/^dob/DOB/' "$cases/clinical-trial-1/dictionary.csv" >"$scratch/bad.csv"
"$osteon" init "$scratch/none" --study "$scratch/bad.csv" >/dev/null 2>"$scratch/err"
is "a dictionary with faults is refused" 3 $?
like "each with line, column and a hint" 'bad.csv:8:4: error: Field Type: .*did you mean radio' "$(cat "$scratch/err")"
like "all of them" 'bad.csv:7:1: error: Variable / Field Name: "DOB" is no name' "$(cat "$scratch/err")"
[ ! -e "$scratch/none" ]
is "and no folder is made" 0 $?
finish
