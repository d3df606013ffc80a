#!/usr/bin/env bash
# kill -9 of `osteon import` at random moments, while it reads, stages and makes visible: each
# time the log holds and nothing is visible, or all of it when the kill came last; the same
# import succeeds then, beside a server.
# 3 kills; ENDURE=1: 50, each with its own proof of the log.
. "$(dirname "$0")/support/harness.bash"
cases=../shared/cases/openedc
if [ ! -d "$cases" ]; then
    echo "1..0 # SKIP $cases is not here"
    exit
fi
copies=12
participants=$((copies * 90))
kills=3
[ -z "${ENDURE:-}" ] || kills=50

new_folder() {
    rm -rf "$folder"
    "$osteon" init "$folder" --study "$cases/metadata.xml" --password-file "$scratch/password" \
        >/dev/null 2>&1 || give_up "makes a folder" "it does not"
    user_add dana DM
}

run_import() {
    exec "$osteon" import "$folder" "$scratch/many.xml" --user dana \
        --password-file "$scratch/password" --json
}

kilobytes_of_folder() {
    du -sk --apparent-size "$folder" | cut -f1
}

# Kills an import once the folder has grown so much. False: it had ended before.
kill_at() { # KILOBYTES
    local end=$(($(kilobytes_of_folder) + $1))
    run_import >/dev/null 2>&1 &
    local victim=$!
    sleep "0.0$((RANDOM % 90 + 10))"
    while kill -0 "$victim" 2>/dev/null && [ "$(kilobytes_of_folder)" -lt "$end" ]; do
        :
    done
    kill -9 "$victim" 2>/dev/null
    wait "$victim" 2>/dev/null
    [ $? = 137 ]
}

# The number of participants that a person sees, at most a page of them.
look() {
    serve
    sign_in dana
    request dana GET /api/participants
    stop
    seen=$(printf '%s' "$body" | jq '.participants|length')
}

# What a kill left is nothing at all, or the whole when the event that makes it visible was on
# the disk: then the same import finds each value there.
is_all_or_nothing() {
    look
    [ "$status $seen" != "200 0" ] || return 0
    whole=$((whole + 1))
    body=$(run_import)
    [ "$(printf '%s' "$body" | jq '.new_values == 0 and .unchanged_values == .values')" = true ] || return 1
    new_folder
}

awk -v copies=$copies -f test/e2e/support/enlarge.awk "$cases/clinicaldata.xml" >"$scratch/many.xml"
new_folder
killed=0
whole=0
faults=
while [ "$killed" -lt "$kills" ] && [ -z "$faults" ]; do
    kilobytes=$((RANDOM % (copies * 300)))
    if ! kill_at "$kilobytes"; then # it had ended before the kill came
        new_folder
        continue
    fi
    killed=$((killed + 1))
    is_all_or_nothing || faults="; after $kilobytes KB $seen are seen: $status"
    [ -z "${ENDURE:-}" ] && [ "$killed" -lt "$kills" ] && continue
    "$osteon" verify "$folder" >"$scratch/verify" 2>&1 ||
        faults="; after $kilobytes KB: $(tail -n 3 "$scratch/verify")"
done
is "an import is killed $kills times at random: nothing is visible or all, the log holds" "$kills" "$killed$faults"
echo "# $whole were killed when they were visible already"

serve
sign_in dana
body=$(run_import)
is "the same import succeeds then, while it is served" 0 $?
says "with all its participants" .new_participants "$participants"
request dana GET /api/participants
says "which are visible then" '.participants|length>0' true
request dana GET "/api/participants/$(printf '%s' "$body" | jq '.participants[0].id')/history"
says "and each value has its history" '[.entries[]|select(.status=="current")]|length>0' true
stop
"$osteon" verify "$folder" >"$scratch/verify" 2>&1
is "and the log holds" 0 $?
finish
