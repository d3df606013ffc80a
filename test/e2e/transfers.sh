#!/usr/bin/env bash
# Files that a person sends and fetches: a large upload stays out of memory; who goes away in
# the middle of an import or an export ends it, and nothing is left of it.
. "$(dirname "$0")/support/harness.bash"
cases=../shared/cases/openedc
if [ ! -d "$cases" ]; then
    echo "1..0 # SKIP $cases is not here"
    exit
fi
enlarge() { # COPIES
    awk -v copies="$1" -f test/e2e/support/enlarge.awk "$cases/clinicaldata.xml"
}
"$osteon" init "$folder" --study "$cases/metadata.xml" --password-file "$scratch/password" \
    >/dev/null 2>&1 || give_up "makes a folder" "it does not"
user_add dana DM
serve
sign_in dana

kilobytes() { # FIELD
    sed -n "s/^$1:[^0-9]*\([0-9]*\).*/\1/p" "/proc/$server/status"
}
send() { # PATH FILE
    request dana POST "$1?name=file.xml" '' -H 'Content-Type: application/xml' -H 'Expect:' \
        --data-binary "@$2"
}
# In the background; $client is curl, so that it can be killed.
start() { # METHOD PATH [CURL-OPTION…]
    curl -s -o "$scratch/left" -X "$1" -b "$scratch/dana.jar" -H "X-Osteon-CSRF: $(cat "$scratch/dana.csrf")" \
        "${@:3}" "$address$2" &
    client=$!
}
leave() {
    kill -9 "$client" 2>/dev/null
    wait "$client" 2>/dev/null
}
# Until the list of transfers fulfils the jq expression; false: not within 20 seconds.
until_transfers() { # JQ
    for _ in $(seq 1000); do
        request dana GET /api/transfers
        [ "$(printf '%s' "$body" | jq "$1")" = true ] && return
        kill -0 "$client" 2>/dev/null || return 1
        sleep 0.01
    done
    return 1
}
wait_for_end() {
    for _ in $(seq 1000); do
        request dana GET /api/transfers
        running=$(printf '%s' "$body" | jq '.transfers|length')
        [ "$running" = 0 ] && return
        sleep 0.02
    done
}
is_clean() { # NAME
    is "$1" 0 "$running"
    is "and nothing is left in the staging place" "" "$(ls -A "$folder/staging" 2>/dev/null)"
}

# -- a large upload ----------------------------------------------------------------------------

enlarge 120 >"$scratch/large.xml"
echo 5 >"/proc/$server/clear_refs" # the peak begins anew
before=$(kilobytes VmRSS)
send /api/imports/try "$scratch/large.xml"
is "a file of $(($(stat -c %s "$scratch/large.xml") / 1000000)) MB is tried" "200 10800" \
    "$status $(printf '%s' "$body" | jq .participants)"
grown=$(($(kilobytes VmHWM) - before))
is "in less memory than half of it" true "$([ "$grown" -lt 14000 ] && echo true || echo "$grown KB more")"
echo "# $grown KB more at its peak"

# -- an import that nobody waits for ------------------------------------------------------------

enlarge 25 >"$scratch/many.xml"
start POST '/api/imports?name=many.xml' -H 'Content-Type: application/xml' -H 'Expect:' \
    --data-binary "@$scratch/many.xml"
until_transfers '[.transfers[]|select(.what=="import" and .of>0 and .done>.of*0.6)]|length>0'
is "an import is half staged" 0 $?
leave
wait_for_end
is_clean "when the client goes away it ends"
request dana GET /api/participants
says "nothing of it is visible" '.participants|length' 0
send /api/imports "$scratch/many.xml"
says "the same file comes in then" '[.imported,.new_participants]|@json' '[true,2250]'

# -- an export that nobody waits for --------------------------------------------------------------

# One that was finished before its client left is on the log; the next try leaves earlier.
for n in $(seq 20); do
    start GET '/api/exports/odm1?history=yes'
    until_transfers '[.transfers[]|select(.what=="odm1")]|length>0'
    leave
    wait_for_end
    request dana GET /api/exports
    finished=$(printf '%s' "$body" | jq '.exports|length')
    [ "$finished" = "$n" ] || break
done
is_clean "an export ends when the client goes away"
is "and is not on the log" $((n - 1)) "$finished"
request dana GET '/api/exports/odm1?history=yes'
like "the next is whole" 'participants 2250, withheld 0' "$(tail -n 1 "$scratch/body")"
stop
"$osteon" verify "$folder" >"$scratch/verify" 2>&1
is "and the log holds" 0 $?
finish
