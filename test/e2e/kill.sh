#!/usr/bin/env bash
# kill -9 under saves over HTTP, again and again: nothing that was acknowledged is lost, no
# half save exists, a retry gets the first answer, the log holds. 10 kills; ENDURE=1: 200.
. "$(dirname "$0")/support/harness.bash"

kills=10
[ -z "${ENDURE:-}" ] || kills=200
folder_make
user_add carol CRC
serve
port=${address##*:}
node test/e2e/support/save_client.mjs "$address" carol "$scratch/password" 16 "$scratch/stop" \
    >"$scratch/client.json" 2>"$scratch/client.err" &
client=$!
for n in $(seq "$kills"); do
    sleep "0.$((RANDOM % 7 + 3))"
    stop KILL
    "$osteon" serve "$folder" --listen "127.0.0.1:$port" >"$scratch/address" 2>>"$scratch/serve.err" &
    server=$!
    kill -0 "$client" 2>/dev/null || break
    answers || give_up "serves again after a kill" "$(tail -n 20 "$scratch/serve.err")"
done
is "the server was killed so many times" "$kills" "$n"
sleep 1
touch "$scratch/stop"
wait "$client"
report=$(cat "$scratch/client.json")
is "nothing acknowledged is lost, nothing is half, each retry gets its answer" '[]' \
    "$(printf "%s" "$report" | jq -c .faults)$(head -c 500 "$scratch/client.err")"
echo "# $(printf '%s' "$report" | jq -c 'del(.faults)')"
like "and saves went on between the kills" true "$(printf '%s' "$report" | jq ".acknowledged > $kills * 16")"
like "some were under way at a kill" true "$(printf '%s' "$report" | jq '.retried > 0')"
"$osteon" verify "$folder" >"$scratch/verify" 2>&1
is "verify holds" "0 It holds." "$? $(tail -n 1 "$scratch/verify")"
stop
finish
