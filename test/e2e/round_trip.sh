#!/usr/bin/env bash
# What came in goes out again: the demo's whole history as ODM 1.3.2 and 2.0 into an empty folder and out of it, in each of
# the two; audit records, signatures and queries with their own authors and times; data with a minimal design. The
# comparison (support/round_trip.py) reads both files by itself. import.sh does it for the files of other systems.
# ENDURE=1: the demo study of 52 participants.
. "$(dirname "$0")/support/harness.bash"
cases=../shared/cases
standards=$root/../shared/standards/odm
python=$(command -v python3) || give_up "python3 is installed" "it is not"

new_folder() { # DESIGN
    rm -rf "$folder"
    "$osteon" init "$folder" --study "$1" --password-file "$scratch/password" \
        >/dev/null 2>"$scratch/err" || give_up "makes a folder of $1" "$(cat "$scratch/err")"
    user_add dana DM
}

run_import() { # FILE
    "$osteon" import "$folder" "$1" --user dana --password-file "$scratch/password" \
        --json >"$scratch/report" 2>"$scratch/err"
    status=$?
    body=$(cat "$scratch/report")
}

write_out() { # FORMAT [--transactional]
    rm -f "$scratch/out.xml"
    "$osteon" export "$folder" "$@" --out "$scratch/out.xml" >/dev/null 2>"$scratch/err"
}

compares() { # NAME GIVEN COUNTS [--history]
    local told
    told=$("$python" test/e2e/support/round_trip.py "$2" "$scratch/out.xml" "${@:4}" 2>&1)
    is "$1" "$3" "$told"
}

valid() { # NAME FORMAT
    local schema=$standards/v2.0/ODM.xsd
    [ "$2" = odm1 ] && schema=$standards/v1.3.2/ODM1-3-2.xsd
    [ -e "$schema" ] || return
    local told
    told=$(xmllint --nonet --noout --schema "$schema" "$scratch/out.xml" 2>&1)
    is "$1: valid by the schema" 0 $? "$told"
}

# Out of the folder in both kinds, compared with what came in.
returns() { # GIVEN FORMAT SNAPSHOT-COUNTS HISTORY-COUNTS
    write_out "$2"
    compares "$1 out as $2" "$1" "$3"
    write_out "$2" --transactional
    compares "$1 out as history of $2" "$1" "$4" --history
    valid "$1 as history of $2" "$2"
}

# -- the demo ----------------------------------------------------------------------------------

size=1
[ -n "${ENDURE:-}" ] && size=52
"$osteon" demo "$scratch/demo" --participants "$size" --seed 5 >/dev/null 2>"$scratch/err"
is "makes a demo of $size" 0 $?
for given in odm1 odm; do
    "$osteon" export "$scratch/demo" "$given" --transactional --out "$scratch/demo.$given.xml" >/dev/null 2>&1
    new_folder studies/io-hematology/study.xml
    run_import "$scratch/demo.$given.xml"
    is "its history as $given comes into an empty folder" 0 "$status"
    for format in odm1 odm; do
        [ -z "${ENDURE:-}" ] && [ "$given$format" = odmodm1 ] && continue
        write_out "$format" --transactional
        told=$("$python" test/e2e/support/round_trip.py "$scratch/demo.$given.xml" "$scratch/out.xml" --history)
        is "all of it goes out as $format: $(head -1 <<<"$told")" 0 $? "$told"
        valid "and is" "$format"
    done
    counts=$(grep -o 'audit records [0-9]* ' <<<"$told" | grep -o '[0-9]*')
    is "many audit records are compared" true "$([ "${counts:-0}" -gt 500 ] && echo true)"
    run_import "$scratch/demo.$given.xml"
    says "the same history again adds nothing" '[.new_participants,.new_values,.changed_values]|join(" ")' '0 0 0'
    "$osteon" verify "$folder" >"$scratch/verify" 2>&1
    is "and the log holds" 0 $?
done
sed 's/TransactionType="Update"/TransactionType="Context"/; 0,/<ReasonForChange>/s//<ReasonForChange>not /' \
    "$scratch/demo.odm.xml" >"$scratch/other.xml"
"$python" test/e2e/support/round_trip.py "$scratch/other.xml" "$scratch/out.xml" --history >"$scratch/told"
is "the comparison would see one that is lost" 1 $? "$(cat "$scratch/told")"

# -- others' people, signatures, queries ---------------------------------------------------------

new_folder test/e2e/support/round_trip_design.xml
signed=test/e2e/support/round_trip_1.2.xml
run_import "$signed"
is "a history of ODM 1.2 with signatures is imported" 0 "$status" "$(cat "$scratch/err")"
says "of its people the one whom nothing names is dropped, and said" \
    '[.findings[]|"\(.line) \(.element)"]|join(" ")' "7 User"
returns "$signed" odm1 "values 1 of 1; signatures 3 of 3; queries 1 of 1" \
    "values 1 of 1; audit records 3 of 3; signatures 3 of 3; queries 1 of 1"
like "the people keep their names" 'LoginName>monica' "$(cat "$scratch/out.xml")"
like "and the signatures their meaning" 'Meaning>I have read it' "$(cat "$scratch/out.xml")"
like "an annotation stands where it stood" 'Comment>seen in the passport' "$(cat "$scratch/out.xml")"
cp "$scratch/out.xml" "$scratch/once.xml"
new_folder test/e2e/support/round_trip_design.xml
run_import "$scratch/once.xml"
write_out odm1 --transactional
compares "a second time through changes nothing" "$scratch/once.xml" \
    "values 1 of 1; audit records 4 of 4; signatures 3 of 3; queries 1 of 1" --history
serve
sign_in dana
request dana GET "/api/participants?find=R-1"
request dana GET "/api/participants/$(printf '%s' "$body" | jq '.participants[0].id')/history?item=I_YEAR_OF_BIRTH&form=F_DEMOGRAPHICS"
says "the history says who changed it there, when and why, as imported" \
    '.entries[]|select(.status=="current")|.imported[]|select(.kind=="AUDIT")|"\(.author_name) \(.location) \(.time) \(.reason)"' \
    "ines SYNTHETIC ward 2019-03-02T09:00:00+08:00 digits exchanged"
says "and who imported it" '.entries[]|select(.status=="current")|.by.name' dana
says "and the query about it" '.entries[]|select(.new==null)|.imported[]|select(.kind=="QUERY")|"\(.state) \(.words)"' \
    "OPEN older than the mother?"
says "and a signature with its meaning" '[.entries[].imported[]?|select(.kind=="SIGNATURE")|.words]|unique|join(" ")' "I have read it"
stop

if [ ! -d "$cases" ]; then
    finish
    exit
fi
none="signatures 0 of 0; queries 0 of 0"
all() { echo "values $1 of $1; audit records $2 of $2; $none"; }

# -- data whose design is not here: with a minimal one of ours ---------------------------------------

for name in rave/test_double_byte_chars:3 libreclinica/sampleImport:2 odmlib/test_referece_data_01:4; do
    file=$cases/${name%:*}.xml
    new_folder "test/e2e/support/minimal_$(basename "${name%:*}").xml"
    run_import "$file"
    is "$(basename "$file") comes in with a minimal design" 0 "$status" "$(cat "$scratch/err")"
    returns "$file" odm1 "values ${name##*:} of ${name##*:}; $none" "$(all "${name##*:}" 0)"
done
finish
