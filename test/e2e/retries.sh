#!/usr/bin/env bash
# The same batch again: alone, eight at once, with other bytes, and after a new start.
. "$(dirname "$0")/support/harness.bash"

folder_make
user_add carol CRC
serve
sign_in carol || give_up "signs in" "$body"
request carol POST /api/participants '{"site":"01","kind":"screening"}'
once=$(batch 1 SE.SCR F.SCR '[{"item":"I.SCR.HVOL","value":"N"},{"item":"I.SCR.IODEC","missing":"UNK"}]')
csrf=$(cat "$scratch/carol.csrf")
for n in 1 2 3 4 5 6 7 8; do
    curl -s -b "$scratch/carol.jar" -H "X-Osteon-CSRF: $csrf" -H 'Content-Type: application/json' \
        --data-binary "$once" "$address/api/mutations" >"$scratch/race.$n" &
    racers[n]=$!
done
wait "${racers[@]}"
is "eight racing retries get one answer" 1 "$(jq -cS '[.seq,.batch,.results]' "$scratch"/race.* | sort -u | wc -l)"
is "of which one is the first" 7 "$(jq -c 'select(.duplicate)' "$scratch"/race.* | wc -l)"
first=$(jq -cS '[.seq,.batch,.results]' "$scratch/race.1")
request carol GET /api/participants/1/history
says "and the log has it once" '[.entries[]|select(.item=="I.SCR.HVOL")]|length' 1

request carol POST /api/mutations "$(printf '%s' "$once" | jq -c '.mutations[0].value="Y"')"
is "the same id with other bytes is a conflict of ids" 409 "$status"
stop KILL
serve
csrf=
sign_in carol || give_up "signs in" "$body"
request carol POST /api/mutations "$once"
is "after a kill and a new start the retry still gets the first answer" "$first true" \
    "$(printf '%s' "$body" | jq -cS '[.seq,.batch,.results]') $(printf '%s' "$body" | jq .duplicate)"
finish
