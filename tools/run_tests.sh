#!/bin/bash
# run_tests.sh RESULTS PROGRAM…
#
# Runs test programs that print TAP, JOBS at a time (all processors), each under a
# timeout of TEST_SECONDS (300). *.mjs runs under node --test, fuzzers by fuzz_one.sh.
# A program's output goes to RESULTS; of what failed it is shown. The counts go to
# RESULTS/count: 'passed failed skipped'. Exit 1 if any failed.
# A program that dies before its plan is fulfilled, or prints no plan, has failed.
set -u
results=$1
shift
rm -rf "$results"
mkdir -p "$results"
ulimit -c 0
export LSAN_OPTIONS="suppressions=$PWD/tools/leaks.txt:print_suppressions=0:${LSAN_OPTIONS:-}"

count_tap() { # EXIT-STATUS FILE
    awk -v status="$1" '
        !planned && /^1\.\.[0-9]+/ { planned = 1; plan = substr($1, 4) + 0 }
        # cmocka says "not ok" of a skipped test
        /^(not )?ok .*# *SKIP/ { skipped++; next }
        /^ok / { passed++ }
        /^not ok / { failed++ }
        # node counts nested tests in its closing lines only
        /^# (pass|fail|cancelled|skipped|todo) [0-9]+$/ { node[$2] = $3; is_node = 1 }
        END {
            if (is_node) {
                passed = node["pass"]
                failed = node["fail"] + node["cancelled"]
                skipped = node["skipped"] + node["todo"]
            } else {
                missing = plan - passed - failed - skipped
                if (missing > 0) failed += missing
            }
            if ((!planned || status != 0) && failed == 0) failed = 1
            print passed + 0, failed + 0, skipped + 0
        }' "$2"
}

run_one() {
    program=$1
    name=$(echo "$program" | sed 's|^build[^/]*/||; s|/|-|g')
    case $program in
    *.mjs) command="node --test --test-reporter=tap" ;;
    */fuzz/*) command=tools/fuzz_one.sh ;;
    *) command= ;;
    esac
    started=$(date +%s)
    # shellcheck disable=SC2086
    CMOCKA_MESSAGE_OUTPUT=TAP timeout -k 10 "${TEST_SECONDS:-300}" $command "$program" \
        >"$results/$name.tap" 2>"$results/$name.err" </dev/null
    status=$?
    counts=$(count_tap $status "$results/$name.tap")
    echo "$counts" >"$results/$name.count"
    seconds=$(($(date +%s) - started))
    read -r passed failed skipped <<<"$counts"
    if [ "$failed" -gt 0 ]; then
        [ $status -ne 124 ] || status="after ${TEST_SECONDS:-300} s without an end"
        echo "FAILED $program, exit $status: $passed passed, $failed failed, $skipped skipped"
        grep -Ev '^ *ok ' "$results/$name.tap" | head -n 80
        tail -n 60 "$results/$name.err"
    elif [ "$seconds" -ge 10 ]; then
        echo "$program: $passed passed in $seconds s"
    fi
}
export -f run_one count_tap
export results

if [ $# -gt 0 ]; then
    printf '%s\0' "$@" |
        xargs -0 -n 1 -P "${JOBS:-$(nproc)}" bash -c 'run_one "$0"'
fi
cat "$results"/*.count /dev/null 2>/dev/null | awk '
    { passed += $1; failed += $2; skipped += $3 }
    END { print passed + 0, failed + 0, skipped + 0 }' >"$results/count"
read -r passed failed skipped <"$results/count"
echo "$# programs: $passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
