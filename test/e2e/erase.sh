#!/usr/bin/env bash
# Erasure: two people, one key destroyed; no byte of the participant is left in the folder
# or in a later back-up, in any form, and the log still holds. Others stay as they were.
. "$(dirname "$0")/support/harness.bash"

word=SYNTHETIC-mark-$RANDOM$RANDOM$RANDOM
folder_make
user_add carol CRC
user_add dora DM
user_add paul PI
user_add monika MON
user_add rosa RN
serve
for name in carol paul monika rosa; do sign_in $name || give_up "signs in" "$body"; done
traces() { # WHERE MARK…
    node test/e2e/support/traces.mjs "$@" | grep -c .
}
mkdir "$scratch/forms"
node test/e2e/support/traces.mjs --forms "$word-1" >"$scratch/forms/all"
is "the search knows a mark in every form" 13 "$(traces "$scratch/forms" "$word-1")"

# -- a mark in every text that a person can give about a participant -------------------------

for n in 1 2; do
    request carol POST /api/participants '{"site":"01","kind":"screening"}'
    request carol POST /api/mutations "$(batch "$n" SE.SCR F.SCR \
        "[{\"item\":\"I.SCR.SCROTH\",\"value\":\"$word-value-$n\"},
          {\"item\":\"I.SCR.INCOTH\",\"missing\":\"OTH\",\"missing_text\":\"$word-missing-$n\"},
          {\"item\":\"I.SCR.IODEC\",\"value\":\"$word-rejected-$n\"},
          {\"item\":\"I.SCR.BRTHDT\",\"value\":\"198$n-02-03\"}]")"
    says "participant $n: saved" '[.results[].status]|unique|join(" ")' "ok rejected"
    version=$(jq -r '.results[0].version' "$scratch/body")
    request carol POST /api/mutations "$(batch "$n" SE.SCR F.SCR \
        "[{\"item\":\"I.SCR.SCROTH\",\"value\":\"$word-second-$n\",\"base\":\"$version\",\"reason\":\"$word-reason-$n\"}]")"
    says "participant $n: corrected, with a reason" '.results[0].status' ok
    request paul POST /api/mutations "$(batch "$n" SE.SCR F.SCR \
        "[{\"item\":\"I.SCR.SCROTH\",\"value\":\"$word-conflict-$n\",\"base\":\"$version\",\"reason\":\"$word-why-$n\"}]")"
    says "participant $n: and in conflict" '.results[0].status' conflict
    request carol POST "/api/participants/$n/vault/view" \
        "{\"event\":\"SE.SCR\",\"form\":\"F.SCR\",\"item\":\"I.SCR.BRTHDT\",\"reason\":\"$word-glass-$n\"}"
    is "participant $n: identity seen in the vault" "200 198$n-02-03" "$status $(jq -r .value "$scratch/body")"
done
for n in 3 4; do
    request rosa POST /api/participants "{\"site\":\"01\",\"kind\":\"provisional\",\"bed\":\"$word-bed-$((n - 2))\"}"
    join() { for who in carol paul; do request $who POST "/api/participants/$n/attach" "{\"to\":$((n - 2))}"; done; }
    join
    request carol POST "/api/participants/$n/detach" "{\"reason\":\"$word-detach-$((n - 2))\"}"
    is "placement $n is taken off again, with a reason" 200 "$status"
    join
    says "placement $n belongs to participant $((n - 2))" .state attached
done
marks() { # NUMBER: all marks of participant NUMBER, and its date of birth
    for kind in value missing rejected second reason conflict why glass bed detach; do echo "$word-$kind-$1"; done
    echo "198$1-02-03"
}
mapfile -t first < <(marks 1)
mapfile -t second < <(marks 2)
for kind in missing second conflict bed; do
    isnt "a $kind is found before" 0 "$(traces "$folder" "$word-$kind-1")"
done

# -- who may not ------------------------------------------------------------------------------

printf 'SYNTHETIC wrong one\n' >"$scratch/wrong"
erase() { "$osteon" erase "$folder" "$@" >"$scratch/erase.out" 2>"$scratch/erase.err"; }
erase S-0001 --first dora --second dora --reason SYNTHETIC --password-file "$scratch/password" --password-file "$scratch/password"
is "one person twice is wrong usage" 2 $?
erase S-0001 --first dora --second paul --reason SYNTHETIC --password-file "$scratch/password" --password-file "$scratch/wrong"
is "a wrong password is not allowed" 4 $?
erase S-0001 --first dora --second carol --reason SYNTHETIC --password-file "$scratch/password" --password-file "$scratch/password"
is "a coordinator is not one of the two" 4 $?
erase S-0099 --first dora --second paul --reason SYNTHETIC --password-file "$scratch/password" --password-file "$scratch/password"
is "an unknown participant could not be done" 1 $?
isnt "nothing is erased so far" 0 "$(traces "$folder" "${first[@]}")"

# -- erased -----------------------------------------------------------------------------------

erase S-0001 --first dora --second paul --reason "SYNTHETIC consent withdrawn" --password-file "$scratch/password" --password-file "$scratch/password"
is "data manager and principal investigator erase" "0 " "$? $(grep -v Back-ups "$scratch/erase.err")"
is "while serving no byte is left" "" "$(node test/e2e/support/traces.mjs "$folder" "${first[@]}")"
isnt "the other participant stays" 0 "$(traces "$folder" "${second[@]}")"
request carol GET /api/participants/1/forms/SE.SCR/F.SCR
like "the form is gone" '^(404|403|410|422|200)$' "$status"
is "and shows nothing" 0 "$(printf '%s' "$body" | grep -c "$word")"
request carol GET /api/participants/1/history
is "nor does the history" 0 "$(printf '%s' "$body" | grep -c "$word")"
request monika GET '/api/audit?participant=1'
says "the audit trail says erased" '[.entries[]|select(.erased)]|length>0' true
request carol GET /api/participants/2/history?event=SE.SCR\&form=F.SCR\&item=I.SCR.SCROTH
says "the other's history is whole" '.entries|length' 3
"$osteon" verify "$folder" >"$scratch/verify" 2>&1
is "the log holds while serving" 0 $?
mkdir "$scratch/backups"
"$osteon" backup "$folder" "$scratch/backups/file" >/dev/null 2>&1
is "a back-up is made afterwards" 0 $?
is "and holds no byte either" "" "$(node test/e2e/support/traces.mjs "$scratch/backups" "${first[@]}")"
isnt "but the other participant" 0 "$(traces "$scratch/backups" "${second[@]}")"
stop
is "and nothing is left after the end" "" "$(node test/e2e/support/traces.mjs "$folder" "${first[@]}")"
"$osteon" verify "$folder" >"$scratch/verify" 2>&1
is "the log holds" 0 $?
like "and says erased" erased "$(cat "$scratch/verify")"
finish
