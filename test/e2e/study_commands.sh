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
    -e '/<CodeList OID="CL.IOSITE"/,/<\/CodeList>/s/CodedValue="PTL"/CodedValue="PTX"/' \
    "$study" >"$scratch/other.xml"
run io-hematology diff "$scratch/other.xml" --json
is "a design compared with another" 0 $ended
json "a label" '.changes[]|select(.oid=="I.SCR.INC1" and .fact=="label")|.before+" / "+.after' \
    "Inclusion 1: age 18 to 65 years / Inclusion 1: age 18 to 66 years"
json "a unit" '.changes[]|select(.oid=="I.DM.WEIGHT" and .fact=="unit")|.before+" / "+.after' "kg / g"
json "a code that went and one that came" \
    '[.changes[]|select(.thing=="code")|.change+" "+.oid]|join(", ")' \
    "removed CL.IOSITE PTL, added CL.IOSITE PTX"
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
json "every check of the specification is there" '[.rules[]|select(.kind=="checks").rule|select(startswith("AL")|not)]|unique|length' \
    "$(jq '.checks|length' ../shared/protocol/ecrf.json)"
json "and those that are causes of alarms alone" '[.rules[]|select(.kind=="checks").rule|select(startswith("AL"))]|unique|length' 14
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

# -- publish ---------------------------------------------------------------------------------

user_add pia PI
user_add cara CRC
sed 's/MDV\.0\.2/MDV.0.3/; s/Name="0\.2"/Name="0.3"/' "$study" >"$scratch/amended.xml"
publish() { run "$folder" publish "$@" --password-file "$scratch/password"; }
publish "$scratch/amended.xml" --user pia --reason SYNTHETIC
is "a version is proposed" 0 $ended
like "and the sentence says who publishes it" 'Version 0.3 is proposed.*second person' "$out"
publish "$scratch/amended.xml" --user pia --reason SYNTHETIC
is "but not twice" 3 $ended
like "which is told" 'version 0.3 is there already' "$err"
publish "$study" --user cara --reason SYNTHETIC
is "not everybody may" 4 $ended
publish "$study" --user pia
is "a reason is asked for" 2 $ended

# -- explain ---------------------------------------------------------------------------------

run io-hematology explain CK001
is "a rule is told without a participant" 0 $ended
like "with the items it reads" 'reads I.SCR.AGE: Age' "$out"
like "and the settings with their values" 'setting.age_low: 18' "$out"
run io-hematology explain I.LB.PF --json
json "an item has its derivation" '.rules[0].rule' M.LB.PF
run io-hematology explain CK1O1
is "a rule that is not there" 1 $ended
like "is named by the nearest" 'did you mean CK101\?' "$err"
run io-hematology explain CK001 --participant S-0001
is "a file has no participants" 2 $ended

user_add carol CRC
serve
sign_in carol || give_up "signs in" "$body"
request carol POST /api/participants "{\"site\":\"01\",\"kind\":\"screening\",\"id\":\"$(uuid)\"}"
participant=$(printf '%s' "$body" | jq .id)
request carol POST /api/mutations "$(batch "$participant" SE.SCR F.SCR '
    [{"item":"I.SCR.SCRDTM","value":"2026-11-22T10:00+08:00"},
     {"item":"I.SCR.BRTHDT","value":"1980-02-29"},{"item":"I.SCR.INC2","value":"2"},
     {"item":"I.SCR.EXC1","row":1,"value":"N"},{"item":"I.SCR.EXC1","row":2,"value":"Y"}]')"
says "answers are saved" '[.results[].status]|unique|join(" ")' ok

why() { run "$folder" explain "$@" --participant S-0001 --user carol --password-file "$scratch/password"; }
why CK005
is "while serving, why a check fires" 0 $ended
like "at its place" '^  SE.SCR: fires \(yes\)$' "$out"
like "with the answers it saw" "^ +saw +INC2 = '2'$" "$out"
like "an empty one too" '^ +INC2B = nothing$' "$out"
like "and its parts" "^ +so +INC2 has '2' = yes$" "$out"
why M.SCR.SITEOK --row 2 --json
json "one row of a derived item" '.rules[0].places|map(.row)|join(" ")' 2
json "what it gives" '.rules[0].places[0].result' "'N'"
json "what it saw" '.rules[0].places[0].steps|map(select(.answer and .part=="EXC1").value)[0]' "'Y'"
why M.SCR.AGE
like "a rule that reads the vault says so" 'hangs on a sealed value' "$out"
like "and what it saw is sealed" 'BRTHDT = sealed' "$out"
like "what is stored is told" 'stored: 46' "$out"
is "the date of birth is nowhere" 0 "$(printf '%s' "$out" | grep -c 1980)"
why I.SCR.BRTHDT
isnt "an item of the vault without a rule" 0 $ended
why SE.T0
like "when an event happened" '^  the participant: ' "$out"
why SE.H96
like "whether an event is collected" '^  SE.H96: is not to be collected \(no\)$' "$out"
why CK005 --event SE.D7
is "a place that the participant has not" 1 $ended
why CK005 --form F.VS
is "a form where the rule is not" 1 $ended
run "$folder" explain CK005 --participant S-0001
is "the operator sees no answers" 2 $ended
run "$folder" explain CK005 --participant S-0001 --user admin --password-file "$scratch/password"
is "the administrator neither" 4 $ended
is "nor on standard output" "" "$out"
printf 'SYNTHETIC wrong\n' >"$scratch/wrong"
run "$folder" explain CK005 --participant S-0001 --user carol --password-file "$scratch/wrong"
is "who does not know the password, neither" 4 $ended
run "$folder" check
is "the design can be checked while it is served" 0 $ended
run "$folder" rules --vectors $vectors
is "and its examples tried" 0 $ended
stop
why CK005
like "and why, when nobody serves" '^  SE.SCR: fires \(yes\)$' "$out"
finish
