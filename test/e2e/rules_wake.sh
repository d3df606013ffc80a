#!/usr/bin/env bash
# A rule about time says something else although nobody saves: the running server closes
# the query of a consent dated in the future when the time has come; and what came while it
# was down is done at the start, once.
. "$(dirname "$0")/support/harness.bash"

future() { date -u -d "+$1 seconds" +%Y-%m-%dT%H:%M:%SZ; }
consent() { # PARTICIPANT SECONDS: a consent that many seconds ahead
    request carol POST /api/mutations "$(batch "$1" SE.SCR F.ICF "[{\"item\":\"I.ICF.ICFRES\",\"value\":\"AGR\"},
        {\"item\":\"I.ICF.ICFDTM\",\"value\":\"$(future "$2")\"}]")"
}
open_queries() { # PARTICIPANT: of the check CK017
    request carol GET "/api/participants/$1/forms/SE.SCR/F.ICF"
    jq '[.queries[]|select(.check=="CK017" and .state=="open")]|length' "$scratch/body"
}
wait_for() { # WANTED PARTICIPANT: at most 10 s
    local i
    for i in $(seq 50); do
        [ "$(open_queries "$2")" = "$1" ] && break
        sleep 0.2
    done
    open_queries "$2"
}

folder_make
user_add carol CRC
serve
sign_in carol || give_up "signs in" "$body"
request carol POST /api/participants '{"site":"01","kind":"screening"}'
request carol POST /api/participants '{"site":"01","kind":"screening"}'
consent 1 3
is "a consent dated in the future opens a query" 1 "$(open_queries 1)"
is "which closes by itself when the time has come" 0 "$(wait_for 0 1)"

consent 2 2
is "another one opens its query" 1 "$(open_queries 2)"
stop KILL
sleep 3
serve
csrf=
sign_in carol || give_up "signs in" "$body"
is "what fell due while the server was down is done at the start" 0 "$(wait_for 0 2)"
like "and the tables are what the log says" 'It holds' "$("$osteon" verify "$folder")"
stop
finish
