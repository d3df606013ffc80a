#!/usr/bin/env bash
# Bad input of every kind: a clear refusal with a position, and nothing stored: the head of
# the log stays where it was.
. "$(dirname "$0")/support/harness.bash"

folder_make
user_add carol CRC
user_add monika MON
serve
sign_in carol || give_up "signs in" "$body"
sign_in monika || give_up "signs in" "$body"
request carol POST /api/participants '{"site":"01","kind":"screening"}'
participant=$(printf '%s' "$body" | jq .id)

good=$(batch "$participant" SE.SCR F.SCR '[{"item":"I.SCR.HVOL","value":"N"}]')
mutation() { # JQ-CHANGE: the good batch with something wrong in it
    printf '%s' "$good" | jq -c "$1"
}

before=$(log_head monika)

# Refused as a whole: NAME STATUSES AT BODY. `at` is an extended regular expression.
refuses() {
    request carol POST /api/mutations "$4"
    like "$1: status" "^($2)\$" "$status"
    says "$1: a problem document" '(.type|startswith("/problems/")) and (.detail|length>5) and (.status|type=="number")' true
    like "$1: the place" "$3" "$(printf '%s' "$body" | jq -r '.at // ""')"
}

refuses "no JSON"                 400 '^byte [0-9]+$' 'hello'
refuses "nothing at all"          400 '' ' '
refuses "a JSON text that is cut" 400 '^byte [0-9]+$' "${good:0:100}"
refuses "bytes behind the end"    400 '^byte [0-9]+$' "$good x"
refuses "a comma too many"        400 '^byte [0-9]+$' '{"batch":1,}'
refuses "a member twice"          '400|422' . '{"batch":"a","batch":"b"}'
refuses "an array, not an object" '400|422' '' '[]'
refuses "too deep"                '400|413' '^byte [0-9]+$' "$(printf '[%.0s' $(seq 200))"
refuses "NUL, escaped"            400 '^byte [0-9]+$' '{"batch":"a\u0000b"}'
refuses "half a surrogate pair"   400 '^byte [0-9]+$' '{"batch":"\ud800"}'
refuses "an unknown member"       422 '^colour$' "$(mutation '.colour="red"')"
refuses "an unknown member deep inside" 422 '^mutations\[0\]\.colour$' "$(mutation '.mutations[0].colour="red"')"
refuses "a number for a text"     422 '^mutations\[0\]\.value$' "$(mutation '.mutations[0].value=72.10')"
refuses "a text for a number"     422 '^participant$' "$(mutation '.participant="1"')"
refuses "a fraction for a number" 422 '^participant$' "$(mutation '.participant=1.5')"
refuses "no batch id"             422 '^batch$' "$(mutation 'del(.batch)')"
refuses "a batch id that is none" 422 '^batch$' "$(mutation '.batch="42"')"
refuses "no mutation"             422 '^mutations$' "$(mutation '.mutations=[]')"
refuses "2001 mutations"          '413|422' '^mutations' "$(mutation '.mutations=[range(2001)|{item:"I.SCR.HVOL",value:"N"}]')"
refuses "value and missing-reason" 422 '^mutations\[0\]' "$(mutation '.mutations[0].missing="ND"')"
refuses "neither of the two"      422 '^mutations\[0\]' "$(mutation 'del(.mutations[0].value)')"
refuses "a date that does not exist" 422 '^device_time$' "$(mutation '.device_time="2026-02-30T10:00:00Z"')"
refuses "a language that is none" 422 '^language$' "$(mutation '.language="xx"')"
refuses "an unknown participant"  404 '' "$(mutation '.participant=999999')"
refuses "an unknown event"        '404|422' '' "$(mutation '.event="SE.NONE"')"
refuses "an unknown form"         '404|422' '' "$(mutation '.form="F.NONE"')"
refuses "a form that the event has not" '404|422' '' "$(mutation '.form="F.FU"')"
refuses "an unknown design"       422 '' "$(mutation '.design="9.9"')"

# Bytes that bash would not carry.
printf '{"batch":"\xff\xfe"}' >"$scratch/latin"
refuses "wrong encoding"          400 '^byte [0-9]+$' "@$scratch/latin"
printf '{"batch":"a\0b"}' >"$scratch/nul"
refuses "NUL, raw"                400 '^byte [0-9]+$' "@$scratch/nul"
printf '\xef\xbb\xbf%s' "$good" >"$scratch/mark"
refuses "a byte-order mark"       400 '^byte 0$|^byte 1$' "@$scratch/mark"
head -c 10485760 /dev/zero | tr '\0' 'x' >"$scratch/long"
{ printf '%s' "${good%%\"N\"*}\""; cat "$scratch/long"; printf '"}]}'; } >"$scratch/ten"
refuses "a text of 10 MB"         413 '' "@$scratch/ten"

# One mutation that is wrong is rejected by itself, with its place.
rejects() { # NAME AT JQ-CHANGE
    request carol POST /api/mutations "$(mutation "$3 | .batch=\"$(uuid)\"")"
    says "$1: rejected" '"\(.results[0].status) \(.seq)"' "rejected 0"
    says "$1: why" '(.results[0].why.detail|length>5)' true
    like "$1: the place" "$2" "$(printf '%s' "$body" | jq -r '.results[0].why.at // ""')"
}
rejects "unknown item"      '^mutations\[0\]\.item$'  '.mutations[0].item="I.SCR.NONE"'
rejects "item of another form" '^mutations\[0\]\.item$' '.mutations[0].item="I.DM.SEX"'
rejects "unknown code"      '^mutations\[0\]\.value$' '.mutations[0].value="MAYBE"'
rejects "unknown missing-reason" '^mutations\[0\]\.missing$' '.mutations[0]={item:"I.SCR.HVOL",missing:"LAZY"}'
rejects "malformed time"    '^mutations\[0\]\.value$' '.mutations[0]={item:"I.SCR.SCRDTM",value:"yesterday"}'
rejects "derived item"      '^mutations\[0\]'         '.mutations[0]={item:"I.SCR.AGE",value:"40"}'
rejects "text of 100 kB"    '^mutations\[0\]\.value$' '.mutations[0]={item:"I.SCR.SCROTH",value:("x"*100000)}'
rejects "a row where there is none" '^mutations\[0\]' '.mutations[0].row=3'
rejects "a base that is none" '^mutations\[0\]\.base$' '.mutations[0].base="abc"|.mutations[0].reason="SYNTHETIC"'

# Addresses, headers and cookies.
answers() { # NAME STATUSES METHOD PATH [BODY] [CURL-OPTION…]
    local name=$1 statuses=$2
    shift 2
    request carol "$@"
    like "$name" "^($statuses)\$" "$status"
}
answers "an address that is none"      404 GET /api/nothing
answers "a number that is none"        404 GET /api/participants/abc
answers "a negative number"            404 GET /api/participants/-1
answers "a number beyond 64 bits"      404 GET /api/participants/99999999999999999999
answers "a wrong escape"               400 GET '/api/participants/%zz'
answers "NUL in the address"           '400|404' GET '/api/participants/%00'
answers "an unknown query parameter"   '400|422' GET '/api/participants?colour=red'
answers "a state that is none"         422 GET '/api/participants?state=ASLEEP'
answers "an address of 10,000 bytes"   '400|404|413|414|431' GET "/api/$(head -c 10000 /dev/zero | tr '\0' 'a')"
answers "a method that is none here"   405 DELETE /api/participants
type=text/plain answers "a body that is no JSON type" 415 POST /api/participants '{"site":"01","kind":"screening"}'
answers "a header of 100 kB"           '400|413|431|000' GET /api/me '' -H "X-Long: $(head -c 100000 /dev/zero | tr '\0' 'a')"
csrf=none answers "no CSRF token"       403 POST /api/participants '{"site":"01","kind":"screening"}'
csrf=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA \
    answers "a wrong CSRF token"       403 POST /api/participants '{"site":"01","kind":"screening"}'
request - GET /api/me '' -H 'Cookie: osteon_session=../../etc/passwd'
is "a cookie that is none" 401 "$status"
request - GET /api/me '' -H 'Authorization: Bearer'
is "a bearer without a token" 401 "$status"
request - GET /api/participants
is "nobody signed in" 401 "$status"

after=$(log_head monika)
is "nothing was stored" "$before" "$after"

request carol POST /api/mutations "$(mutation ".mutations=[{item:\"I.SCR.CRITIC\",value:\"Y\"},{item:\"I.SCR.NONE\",value:\"N\"},{item:\"I.SCR.HEMANY\",value:\"Y\"}] | .batch=\"$(uuid)\"")"
says "one wrong among right ones: the right ones are stored" '[.results[].status]|join(" ")' "ok rejected ok"
request carol POST /api/mutations "$good"
says "and the good batch still goes in" '.results[0].status' ok
finish
