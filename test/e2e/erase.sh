#!/usr/bin/env bash
# Erasure: two people, one key destroyed; no byte of the participant is left in the folder,
# and the log still holds. Other participants stay as they were.
. "$(dirname "$0")/support/harness.bash"

marker=SYNTHETIC-mark-$RANDOM$RANDOM$RANDOM
folder_make
user_add carol CRC
user_add dora DM
user_add paul PI
user_add monika MON
serve
for name in carol monika; do sign_in $name || give_up "signs in" "$body"; done
for n in 1 2; do
    request carol POST /api/participants '{"site":"01","kind":"screening"}'
    request carol POST /api/mutations "$(batch "$n" SE.SCR F.SCR "[{\"item\":\"I.SCR.SCROTH\",\"value\":\"$marker-$n\"},{\"item\":\"I.SCR.BRTHDT\",\"value\":\"198$n-02-03\"}]")"
done
traces() { # PATTERN: files of the folder that hold it
    grep -rlaF -- "$1" "$folder" | wc -l
}
isnt "the marker is found before" 0 "$(traces "$marker-1")"
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
isnt "nothing is erased so far" 0 "$(traces "$marker-1")"
erase S-0001 --first dora --second paul --reason "SYNTHETIC consent withdrawn" --password-file "$scratch/password" --password-file "$scratch/password"
is "data manager and principal investigator erase" "0 " "$? $(cat "$scratch/erase.err" | grep -v Back-ups)"
is "while serving no byte is left" 0 "$(traces "$marker-1")"
isnt "the other participant stays" 0 "$(traces "$marker-2")"
request carol GET /api/participants/1/forms/SE.SCR/F.SCR
like "the form is gone" '^(404|403|410|422|200)$' "$status"
is "and shows nothing" 0 "$(printf '%s' "$body" | grep -c "$marker-1")"
request carol GET /api/participants/1/history
is "nor does the history" 0 "$(printf '%s' "$body" | grep -c "$marker-1")"
request monika GET '/api/audit?participant=1'
says "the audit trail says erased" '[.entries[]|select(.erased)]|length>0' true
"$osteon" verify "$folder" >"$scratch/verify" 2>&1
is "the log holds while serving" 0 $?
stop
is "and nothing is left after the end" 0 "$(traces "$marker-1")"
"$osteon" verify "$folder" >"$scratch/verify" 2>&1
is "the log holds" 0 $?
like "and says erased" erased "$(cat "$scratch/verify")"
finish
