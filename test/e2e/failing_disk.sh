#!/usr/bin/env bash
# A full disk and a failing fsync under the real server: a save that is not confirmed says
# so and what to do, nothing acknowledged is lost, saving resumes, a retry gets its answer.
# 6 failures under writing clients, some of them with a kill -9 as well; ENDURE=1: 100.
. "$(dirname "$0")/support/harness.bash"

failures=6
[ -z "${ENDURE:-}" ] || failures=100
cc=${CC:-gcc}
$cc -shared -fPIC -o "$scratch/failing_disk.so" test/e2e/support/failing_disk.c ||
    give_up "the failing disk compiles" "$cc"
mkdir "$scratch/orders"
disk_fails() { touch "$scratch/orders/$1"; }
disk_works() { rm -f "$scratch/orders/"*; }
on_disk() { # COMMAND…: the program with its folder on that disk
    FAILING_DISK_ORDERS=$scratch/orders FAILING_DISK_FILES=/study/osteon.db \
        ASAN_OPTIONS=${ASAN_OPTIONS:-}:verify_asan_link_order=0 \
        LD_PRELOAD=$scratch/failing_disk.so exec "$@"
}
folder_make
user_add carol CRC
serve
port=${address##*:}
stop
start() {
    on_disk "$osteon" serve "$folder" --listen "127.0.0.1:$port" >"$scratch/address" 2>>"$scratch/serve.err" &
    server=$!
}
start
answers || give_up "serves on the failing disk" "$(tail -n 20 "$scratch/serve.err")"
sign_in carol || give_up "signs in" "$body"
request carol POST /api/participants '{"site":"01","kind":"screening"}'
saved=$(batch 1 SE.SCR F.SCR '[{"item":"I.SCR.HVOL","value":"N"}]')
request carol POST /api/mutations "$saved"
first=$(jq -cS '[.seq,.results]' "$scratch/body")

# -- fsync fails -----------------------------------------------------------------------------

once=$(batch 1 SE.SCR F.SCR '[{"item":"I.SCR.SCROTH","value":"SYNTHETIC one"}]')
disk_fails no-sync
request carol POST /api/mutations "$once"
is "a save without fsync is not confirmed" "503 /problems/not-confirmed" "$status $(jq -r .type "$scratch/body")"
says "and says so" .title "not confirmed, send again with the same id"
request carol GET /api/participants/1/forms/SE.SCR/F.SCR
is "reading goes on" 200 "$status"
request carol POST /api/mutations "$saved"
is "an earlier save that is sent again is not denied" 503 "$status"
disk_works
request carol POST /api/mutations "$once"
is "saving resumes" 200 "$status"
answer=$(jq -cS '[.seq,.results]' "$scratch/body")
request carol POST /api/mutations "$once"
is "the retry gets its answer" "$answer true" "$(jq -cS '[.seq,.results]' "$scratch/body") $(jq .duplicate "$scratch/body")"
request carol POST /api/mutations "$saved"
is "and so does the one before" "$first" "$(jq -cS '[.seq,.results]' "$scratch/body")"
request carol GET '/api/participants/1/history?event=SE.SCR&form=F.SCR&item=I.SCR.SCROTH'
says "the log has it once" '.entries|length' 1

# -- the disk is full ------------------------------------------------------------------------

disk_fails full
text=$(printf 'SYNTHETIC %0900d' 0)
for n in $(seq 100); do
    once=$(batch 1 SE.SCR F.SCR "[{\"item\":\"I.SCR.INCOTH\",\"value\":\"$text $n\"}]")
    request carol POST /api/mutations "$once"
    [ "$status" = 200 ] || break
done
is "a save on a full disk is not confirmed" "503 /problems/not-confirmed" "$status $(jq -r .type "$scratch/body")"
request carol GET /api/participants/1/forms/SE.SCR/F.SCR
is "reading goes on there too" 200 "$status"
disk_works
request carol POST /api/mutations "$once"
is "with room the same save is confirmed" 200 "$status"
request carol GET '/api/participants/1/history?event=SE.SCR&form=F.SCR&item=I.SCR.INCOTH'
says "and each stands once" '[.entries[].new.value]|(length, (unique|length))' "$n
$n"

# -- under clients that save without a pause -------------------------------------------------

node test/e2e/support/save_client.mjs "$address" carol "$scratch/password" 16 "$scratch/stop" \
    >"$scratch/client.json" 2>"$scratch/client.err" &
client=$!
sleep 1
for n in $(seq "$failures"); do
    if [ $((n % 2)) = 0 ]; then disk_fails full; else disk_fails no-sync; fi
    sleep "0.$((RANDOM % 5 + 1))"
    if [ $((n % 4)) = 1 ]; then
        stop KILL
        start
        sleep 0.2
    fi
    disk_works
    answers || give_up "serves again" "$(tail -n 20 "$scratch/serve.err")"
    sleep "0.$((RANDOM % 4 + 3))"
    kill -0 "$client" 2>/dev/null || break
done
is "the disk failed so many times" "$failures" "$n"
sleep 1
touch "$scratch/stop"
wait "$client"
report=$(cat "$scratch/client.json")
echo "# $(printf '%s' "$report" | jq -c 'del(.faults)')"
is "nothing acknowledged is lost, nothing is half, each retry gets its answer" '[]' \
    "$(printf "%s" "$report" | jq -c .faults)$(head -c 500 "$scratch/client.err")"
like "some saves were not confirmed at first" true "$(printf '%s' "$report" | jq '.retried > 0')"
stop
disk_fails full
said=$(on_disk "$osteon" serve "$folder" --listen 127.0.0.1:0 2>&1 >/dev/null)
is "a start on a full disk ends with 1" 1 $?
like "and says what to do" 'make room on the disk' "$said"
"$osteon" verify "$folder" >"$scratch/verify" 2>&1
is "verify holds" "0 It holds." "$? $(tail -n 1 "$scratch/verify")"
finish
