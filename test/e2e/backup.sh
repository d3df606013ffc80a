#!/usr/bin/env bash
# A back-up made while the folder is served, and a new folder from it with the same
# content; a checkpoint finds the older database that is put in the place of a newer one.
. "$(dirname "$0")/support/harness.bash"

folder_make
user_add carol CRC
user_add monika MON
serve
sign_in carol || give_up "signs in" "$body"
sign_in monika || give_up "signs in" "$body"
for n in 1 2 3; do
    request carol POST /api/participants '{"site":"01","kind":"screening"}'
    request carol POST /api/mutations "$(batch "$n" SE.SCR F.SCR '[{"item":"I.SCR.HVOL","value":"N"},{"item":"I.SCR.SCROTH","missing":"ND"}]')"
done
content() { # what a person can see of all participants
    for n in 1 2 3; do
        request carol GET "/api/participants/$n/forms/SE.SCR/F.SCR"
        printf '%s\n' "$body" | jq -cS '[.values,.rows,.findings]'
        request carol GET "/api/participants/$n/history?event=SE.SCR&form=F.SCR"
        printf '%s\n' "$body" | jq -cS .entries
    done
    request monika GET /api/audit
}
before=$(content)
"$osteon" backup "$folder" "$scratch/backup.file" >"$scratch/backup.out" 2>"$scratch/backup.err"
is "backs up while serving" 0 $?
[ -s "$scratch/backup.file" ]
is "into one file" 0 $?
"$osteon" backup "$folder" "$scratch/backup.file" >/dev/null 2>&1
isnt "a back-up is not overwritten" 0 $?
"$osteon" checkpoint "$folder" >"$scratch/checkpoint" 2>/dev/null
is "signs a checkpoint while serving" 0 $?
request carol POST /api/mutations "$(batch 1 SE.SCR F.SCR '[{"item":"I.SCR.IODEC","value":"Y"}]')"
"$osteon" checkpoint "$folder" >"$scratch/later" 2>/dev/null
is "the folder holds with its checkpoint" 0 "$("$osteon" verify "$folder" --checkpoint "$scratch/later" >/dev/null 2>&1; echo $?)"
stop

"$osteon" restore "$scratch/backup.file" "$scratch/new" >/dev/null 2>"$scratch/restore.err"
is "restores into a new folder" 0 $?
"$osteon" restore "$scratch/backup.file" "$scratch/new" >/dev/null 2>"$scratch/restore.err"
isnt "but not over one that exists" 0 $?
"$osteon" verify "$scratch/new" >"$scratch/verify" 2>&1
is "the new folder holds" 0 $?
"$osteon" verify "$scratch/new" --checkpoint "$scratch/later" >"$scratch/verify" 2>&1
is "against a later checkpoint it is found to be older" 1 $?
like "and that is said" 'checkpoint' "$(cat "$scratch/verify")"
folder=$scratch/new
serve
sign_in carol || give_up "signs in at the new folder" "$body"
sign_in monika || give_up "signs in at the new folder" "$body"
is "and has the same content" "$before" "$(content)"
request carol POST /api/mutations "$(batch 2 SE.SCR F.SCR '[{"item":"I.SCR.IODEC","value":"Y"}]')"
is "the new folder takes saves" 200 "$status"
stop
"$osteon" verify "$scratch/new" >/dev/null 2>&1
is "and still holds" 0 $?
finish
