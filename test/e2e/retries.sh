#!/usr/bin/env bash
# The same batch again: alone, eight at once, with other bytes, and after a new start. And
# what a batch costs: its common fields once, so that 30 items are 3 KB, sent and stored.
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

# -- 30 items are 3 KB -----------------------------------------------------------------------

mutations() { # [BASE-SEQ]: 30 items, with a row where the section repeats; with a base, other values
    jq -nc --arg base "${1:-}" '
        def either($first; $other): if $base == "" then $first else $other end;
        [["SCRDTM", either("2026-11-20T08:00"; "2026-11-20T08:05")], ["HVOL", either("N"; "Y")],
         ["INC2", either("1 2"; "1 2 5")], ["INC2B", either("AGRAN TCP"; "AGRAN OTH")],
         ["HEMANY", either("Y"; "N")], ["CRITIC", either("Y"; "N")], ["IODEC", either("Y"; "N")],
         ["INCOTH", either("SYNTHETIC text"; "SYNTHETIC other text")], ["SCROTH", either("SYNTHETIC"; "SYNTHETIC 2")],
         (1, 2, 3 | ["XSITE", (["PTL", "PTR", "PHL"] | either(.; reverse))[. - 1], .]),
         (1, 2, 3 | . as $row | range(1; 7) | ["EXC\(.)", either("Y"; "N"), $row])]
        | to_entries | map({item: "I.SCR.\(.value[0])", value: .value[1]}
            + (if .value[2] then {row: .value[2]} else {} end)
            + (if $base == "" then {} else {base: "\($base):\(.key)"} end))'
}
request carol POST /api/participants '{"site":"01","kind":"screening"}'
thirty=$(batch 2 SE.SCR F.SCR "$(mutations)")
request carol POST /api/mutations "$thirty"
says "30 items are saved at once" '[.results[]|select(.status=="ok")]|length' 30
seq=$(jq .seq "$scratch/body")
again=$(batch 2 SE.SCR F.SCR "$(mutations "$seq")" | jq -c '.reason="SYNTHETIC: read from the source again"')
request carol POST /api/mutations "$again"
says "and corrected, each on its version, with one reason" '[.results[]|select(.status=="ok")]|length' 30
stop
stored() { # EVENT: bytes of its row in the log, its batch, and of the 30 answers
    sqlite3 "$folder/osteon.db" "
        SELECT (SELECT length(payload) + 2 * 32 + 9 * 8 + length(device) FROM log WHERE seq = $1)
             + (SELECT 16 + 32 + 3 * 8 + length(answer) FROM batch WHERE seq = $1)
             + (SELECT sum(7 * 3 + coalesce(length(value), 0)) FROM item_value WHERE seq = $2)"
}
last=$(jq .seq "$scratch/body")
echo "# sent ${#thirty} and ${#again} bytes, stored $(stored "$seq" "$last") and $(stored "$last" "$last")"
like "sent they are below 3 KB" '^1$' "$((${#thirty} <= 3072 && ${#again} <= 3072))"
like "stored they are below 3 KB" '^1$' "$(($(stored "$seq" "$last") <= 3072 && $(stored "$last" "$last") <= 3072))"
finish
