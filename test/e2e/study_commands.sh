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

# -- rules ---------------------------------------------------------------------------------

vectors=studies/io-hematology/vectors
run io-hematology rules --vectors $vectors
is "every example of the built-in study holds" 0 $ended
like "a rule with its item and form" '^CK001  hard check at I.SCR.SCRRES of F.SCR$' "$out"
like "with its words" '^  SCR.AGE < 18 or SCR.AGE > 65, and SCRRES=ENR$' "$out"
like "with its expression" "^    .*SCRRES = 'ENR'" "$out"
like "with its examples" '^  [0-9]+ examples, all hold$' "$out"
run io-hematology rules --vectors $vectors --json
json "every check of the specification is there" '[.rules[]|select(.kind=="checks").rule]|unique|length' \
    "$(jq '.checks|length' ../shared/protocol/ecrf.json)"
json "no rule is without an example" '[.rules[]|select(.examples==0)]|length' 0
json "each example is counted" .examples \
    "$(cat $vectors/[A-Z]*.txt | awk '!/^#/ && / -> / && !/ -> (value|shows|fires)$/' | wc -l)"
run io-hematology rules
is "without examples" 0 $ended
like "that is said" 'no examples were given: --vectors' "$out"
mkdir "$scratch/vectors"
printf 'rule CK001\nAGE SCRRES -> fires\n17 ENR -> yes\n18 ENR -> yes\n' >"$scratch/vectors/SCR.txt"
run io-hematology rules --vectors "$scratch/vectors"
is "an example that does not hold" 1 $ended
like "is marked at its rule" '^  ! .*/SCR.txt:4: CK001 says no, not yes$' "$out"
like "and counted" '1 of 2 examples do not hold' "$err"
printf 'rule CK001\nAGE ->\n' >"$scratch/vectors/SCR.txt"
run io-hematology rules --vectors "$scratch/vectors"
is "a file that is none of examples is refused" 3 $ended
run io-hematology rules --vectors "$scratch"
is "a folder without examples is refused" 3 $ended
run ../shared/cases/openedc/metadata.xml rules
is "a design without rules of ours" 0 $ended
like "shows the others' as text" ': not run: ' "$out"

# -- a folder --------------------------------------------------------------------------------

folder_make
run "$folder" check --json
is "a folder's design is checked" 0 $ended
json "it is the built-in study" '.study' NCT07239375
run "$folder" diff "$scratch/other.xml"
like "a folder's design is compared" '^changed item I.SCR.INC1: label$' "$out"
run "$folder" rules --json
json "a folder's rules are printed" '.rules|length' "$("$osteon" study io-hematology rules --json | jq '.rules|length')"
run "$study" diff "$folder"
is "the other design is no folder" 2 $ended
like "and the sentence says how" 'a folder can stand in the first place' "$err"
finish
