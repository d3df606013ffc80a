#!/usr/bin/env bash
# Ctrl-C of `osteon import` beside a server: the server ends the import, takes back what was
# staged, and nobody sees any of it; the same import succeeds then.
. "$(dirname "$0")/support/harness.bash"

participants=20000
"$osteon" init "$folder" --password-file "$scratch/password" >/dev/null 2>&1
is "makes a folder" 0 $?
user_add dana DM
awk -v n=$participants 'BEGIN {
    print "<ODM xmlns=\"http://www.cdisc.org/ns/odm/v1.3\" FileType=\"Snapshot\" FileOID=\"SYNTHETIC\" ODMVersion=\"1.3.2\">" \
        "<ClinicalData StudyOID=\"NCT07239375\" MetaDataVersionOID=\"MDV\">"
    for (i = 1; i <= n; i++)
        print "<SubjectData SubjectKey=\"SYNTHETIC-" i "\"><StudyEventData StudyEventOID=\"SE.SCR\"><FormData FormOID=\"F.SCR\">" \
            "<ItemGroupData ItemGroupOID=\"IG.SCR1\"><ItemData ItemOID=\"I.SCR.HVOL\" Value=\"N\"/></ItemGroupData>" \
            "</FormData></StudyEventData></SubjectData>"
    print "</ClinicalData></ODM>"
}' >"$scratch/many.xml"
serve
sign_in dana

# The audit trail has an event of this kind, before the patience is over.
until_there() { # KIND
    for _ in $(seq 600); do
        request dana GET "/api/audit?kind=$1"
        [ "$(printf '%s' "$body" | jq '.entries|length')" = 0 ] || return 0
        sleep 0.1
    done
    return 1
}

"$osteon" import "$folder" "$scratch/many.xml" --user dana --password-file "$scratch/password" --json \
    >"$scratch/out" 2>&1 &
client=$!
until_there IMPORT_STAGED
is "the import stages" 0 $?
kill $client # bash lets what runs behind it ignore the signal of Ctrl-C; the end is the same
wait $client 2>/dev/null
until_there IMPORT_ABANDONED
is "the server ends it when its caller has gone" 0 $?
request dana GET "/api/audit?kind=IMPORT_COMMITTED"
says "nothing of it was made visible" '.entries|length' 0
request dana GET /api/participants
says "nobody sees any of it" '.participants|length' 0
# The last event of the taking back has no participant.
for _ in $(seq 600); do
    request dana GET "/api/audit?kind=IMPORT_ABANDONED"
    [ "$(printf '%s' "$body" | jq '[.entries[]|select(.participant==null)]|length')" = 0 ] || break
    sleep 0.1
done
says "all of it is taken back" '[.entries[]|select(.participant==null)]|length' 1
"$osteon" import "$folder" "$scratch/many.xml" --user dana --password-file "$scratch/password" --json >"$scratch/out" 2>"$scratch/err"
is "the same import succeeds then" 0 $?
is "and is whole" $participants "$(jq .new_participants "$scratch/out")"
stop
"$osteon" verify "$folder" >"$scratch/out" 2>&1
is "the folder verifies" 0 $?
finish
