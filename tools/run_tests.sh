#!/bin/bash
# run_tests.sh RESULTS PROGRAM…
#
# Runs test programs that print TAP, JOBS at a time (all processors), each under a
# timeout of TEST_SECONDS (300). A program's output goes to RESULTS; what failed is
# shown. The counts go to RESULTS/count: 'passed failed skipped'. Exit 1 if any failed.
# A program that dies before its plan is fulfilled, or prints no plan, has failed.
set -u
results=$1
shift
rm -rf "$results"
mkdir -p "$results"

run_one() {
    program=$1
    name=$(echo "$program" | sed 's|^build[^/]*/||; s|/|-|g')
    output=$results/$name.tap
    started=$(date +%s)
    CMOCKA_MESSAGE_OUTPUT=TAP timeout -k 10 "${TEST_SECONDS:-300}" "$program" \
        >"$output" 2>"$results/$name.err" </dev/null
    status=$?
    counts=$(awk -v status="$status" '
        !planned && /^1\.\.[0-9]+/ { planned = 1; plan = substr($1, 4) + 0 }
        /^(not )?ok .*# *SKIP/ { skipped++; next } # cmocka says "not ok" of a skipped test
        /^ok / { passed++ }
        /^not ok / { failed++ }
        END {
            missing = plan - passed - failed - skipped
            if (missing > 0) failed += missing
            if ((!planned || status != 0) && failed == 0) failed = 1
            print passed + 0, failed + 0, skipped + 0
        }' "$output")
    echo "$counts" >"$results/$name.count"
    seconds=$(($(date +%s) - started))
    if [ "${counts#* 0 }" = "$counts" ]; then
        echo "FAILED $program (exit $status, $seconds s): passed failed skipped: $counts"
        grep -v '^ok ' "$output" | head -n 60
        head -n 60 "$results/$name.err"
    elif [ "$seconds" -ge 10 ]; then
        echo "$program took $seconds s"
    fi
}
export -f run_one
export results

if [ $# -gt 0 ]; then
    printf '%s\0' "$@" |
        xargs -0 -n 1 -P "${JOBS:-$(nproc)}" bash -c 'run_one "$0"'
fi
awk '{ passed += $1; failed += $2; skipped += $3 }
     END { print passed + 0, failed + 0, skipped + 0 }' \
    /dev/null "$results"/*.count 2>/dev/null >"$results/count"
read -r passed failed skipped <"$results/count"
echo "$# programs: $passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
