#!/usr/bin/env bash
# The main road without a browser: make a folder, sign in by the one-time link, screen a
# participant, fill and correct a form, read it back and read its history.
. "$(dirname "$0")/support/harness.bash"

link=$("$osteon" init "$folder" 2>"$scratch/init.err") || give_up "makes a folder" "$(cat "$scratch/init.err")"
like "init prints a one-time link" '^http://127\.0\.0\.1:8180/#/link/[A-Za-z0-9_-]{43}$' "$link"
token=${link##*/}
serve
request - GET "/api/login/link/$token"
says "the link says whose it is" .name admin
request - POST /api/login/link "$(jq -nc --arg t "$token" --arg p "$password" '{token:$t,password:$p}')"
is "the link sets the password and signs in" 200 "$status"
request - GET "/api/login/link/$token"
is "the link works once" 404 "$status"
sign_in admin
says "the administrator manages users" '[.user.permissions[].permission]|index("manage users and roles (no clinical view)")!=null' true
request admin GET /api/participants
is "the administrator sees no participants" 403 "$status"

user_add carol CRC
user_add ivan INV
sign_in carol || give_up "signs in" "$body"
request carol GET /api/me
says "says who is signed in" .user.name carol
request carol GET /api/study
says "the design has the form" '[.forms[].oid]|index("F.SCR")!=null' true
etag=$(curl -s -o /dev/null -D - -b "$scratch/carol.jar" "$address/api/study" | tr -d '\r' | sed -n 's/^[Ee][Tt]ag: //p')
request carol GET /api/study "" -H "If-None-Match: $etag"
is "a design that is known is not sent again" 304 "$status"

id=$(uuid)
request carol POST /api/participants "{\"site\":\"01\",\"kind\":\"screening\",\"id\":\"$id\"}"
is "begins a screening record" 201 "$status"
says "with the first screening number" .screening_number S-0001
participant=$(printf '%s' "$body" | jq .id)
request carol POST /api/participants "{\"site\":\"01\",\"kind\":\"screening\",\"id\":\"$id\"}"
says "the same id gives the same record" .id "$participant"

changes='[{"item":"I.SCR.SCRDTM","value":"2026-11-22T10:00+08:00"},
          {"item":"I.SCR.HVOL","value":"N"},
          {"item":"I.SCR.BRTHDT","value":"1980-02-29"}]'
sent=$(batch "$participant" SE.SCR F.SCR "$changes")
request carol POST /api/mutations "$(printf '%s' "$sent" | jq -c '.view=true')"
is "saves a batch" 200 "$status"
says "every change is stored" '[.results[].status]|unique|join(",")' ok
says "the view comes along" '[.view.values[]|select(.item=="I.SCR.HVOL").value]|.[0]' N
says "the age is derived" '[.view.values[]|select(.item=="I.SCR.AGE")|"\(.value) \(.source)"]|.[0]' "46 derived"
says "the birth date is in the vault" '[.view.values[]|select(.item=="I.SCR.BRTHDT").in_vault]|.[0]' true
like "and nowhere in the answer" '^0$' "$(printf '%s' "$body" | grep -c 1980-02-29)"
version=$(printf '%s' "$body" | jq -r '.view.values[]|select(.item=="I.SCR.HVOL").version')

form=/api/participants/$participant/forms/SE.SCR/F.SCR
request carol POST /api/mutations "$(batch "$participant" SE.SCR F.SCR "[{\"item\":\"I.SCR.HVOL\",\"value\":\"Y\",\"base\":\"$version\",\"reason\":\"SYNTHETIC wrong tick\"}]")"
says "a correction with a reason is stored" '.results[0].status' ok
request carol POST /api/mutations "$(batch "$participant" SE.SCR F.SCR "[{\"item\":\"I.SCR.HVOL\",\"value\":\"N\",\"base\":\"$version\",\"reason\":\"SYNTHETIC from an old page\"}]")"
says "a change of what another has changed is a conflict" '.results[0].status' conflict
request carol GET "$form"
says "that a query shows" '[.queries[]|select(.kind=="conflict")|.values|length]|.[0]' 2
says "the check of healthy volunteers is open" '[.findings[].check]|index("CK002")!=null' "$(printf '%s' "$body" | jq -r '[.values[]|select(.item=="I.SCR.HVOL").value]|.[0]=="Y"')"

request carol GET "/api/participants/$participant/history?event=SE.SCR&form=F.SCR&item=I.SCR.HVOL"
says "the history has each step, newest first" '[.entries[].new.value]|join(" ")' "N Y N"
says "with who" '[.entries[].by.name]|unique|join(" ")' carol
says "with the reason" '.entries[1].reason' "SYNTHETIC wrong tick"
says "with the clocks" '.entries[0]|has("server_time") and has("device_time")' true
says "and the old value" '.entries[1].old.value' N

request carol POST "/api/participants/$participant/vault/view" '{"event":"SE.SCR","form":"F.SCR","item":"I.SCR.BRTHDT"}'
says "the vault opens for the coordinator" .value 1980-02-29
sign_in admin
request admin GET '/api/audit?kind=VAULT_VIEWED'
says "and the view is on the audit trail" '.entries[0].user.name' carol

sign_in ivan || give_up "signs in" "$body"
request ivan POST "/api/participants/$participant/enrol" '{}'
is "a check stops the enrolment" 422 "$status"
says "and is named" '[.findings[].check]|length>0' true

stop
is "stops when told to" 0 $?
serve
sign_in carol
request carol GET "$form"
says "after a new start the values stand" '[.values[]|select(.item=="I.SCR.SCRDTM").value|startswith("2026-11-22T10:00")]|.[0]' true
"$osteon" verify "$folder" >"$scratch/verify.out" 2>&1
is "verify holds while serving" 0 $?
stop
"$osteon" verify "$folder" >"$scratch/verify.out" 2>&1
is "verify holds when not serving" 0 $?
finish
