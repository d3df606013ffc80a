#!/usr/bin/env bash
# What `osteon study` says about a design, in a file and in a folder that is served.
. "$(dirname "$0")/support/harness.bash"
study=studies/io-hematology/study.xml

run() { # ARGUMENT…: sets $out, $err, $ended
    out=$("$osteon" study "$@" 2>"$scratch/err")
    ended=$?
    err=$(cat "$scratch/err")
}
json() { # NAME JQ EXPECTED
    is "$1" "$3" "$(printf '%s' "$out" | jq -r "$2" 2>&1)"
}

# -- diff ----------------------------------------------------------------------------------

run io-hematology diff "$study" --json
is "a design compared with itself" 0 $ended
json "has no changes" '.changes|length' 0
run "$study" diff io-hematology
is "in words" "The designs say the same." "$out"

# One change of each kind, each at one place of the document.
sed -e '/<ItemDef OID="I.SCR.INC1"/,/<\/ItemDef>/s/age 18 to 65/age 18 to 66/' \
    -e '/<ItemDef OID="I.DM.WEIGHT"/,/<\/ItemDef>/s/Code="kg"/Code="g"/' \
    -e 's/<CodeListItem CodedValue="RBRA"/<CodeListItem CodedValue="RBRX"/' \
    "$study" >"$scratch/other.xml"
run io-hematology diff "$scratch/other.xml" --json
is "a design compared with another" 0 $ended
json "a label" '.changes[]|select(.oid=="I.SCR.INC1" and .fact=="label")|.before+" / "+.after' \
    "Inclusion 1: age 18 to 65 years / Inclusion 1: age 18 to 66 years"
json "a unit" '.changes[]|select(.oid=="I.DM.WEIGHT" and .fact=="unit")|.before+" / "+.after' "kg / g"
run io-hematology diff "$scratch/other.xml"
like "as lines" '^changed item I.SCR.INC1: label$' "$out"
like "with before" '^  before Inclusion 1: age 18 to 65 years$' "$out"
like "and after" '^  after  Inclusion 1: age 18 to 66 years$' "$out"
run io-hematology diff "$scratch/none.xml"
is "a design that is not there" 1 $ended
run io-hematology diff
is "without another design it is wrong usage" 2 $ended

# -- a folder --------------------------------------------------------------------------------

folder_make
run "$folder" check --json
is "a folder's design is checked" 0 $ended
json "it is the built-in study" '.study' NCT07239375
run "$folder" diff "$scratch/other.xml"
like "a folder's design is compared" '^changed item I.SCR.INC1: label$' "$out"
run "$study" diff "$folder"
is "the other design is no folder" 2 $ended
like "and the sentence says how" 'a folder can stand in the first place' "$err"
finish
