#!/bin/sh
# run.sh BUILD [RULE…]: runs the house rules over the tree, one line each, and leaves
# 'passed failed skipped' in BUILD/results-lint/count. Needs a strict build in BUILD:
# a compiler warning has failed that build already.
set -u
build=$1
shift
[ $# -gt 0 ] || set -- layers banned sql sizes format state linkage leftovers cppcheck typescript
results=$build/results-lint
mkdir -p "$results"
passed=0
failed=0
for rule; do
    if timeout -k 10 600 "tools/lint/$rule.sh" . "$PWD/$build" >"$results/$rule" 2>&1; then
        passed=$((passed + 1))
        echo "lint $rule: ok$(sed -n '$s/^/, /p' "$results/$rule")"
    else
        failed=$((failed + 1))
        echo "lint $rule: FAILED"
        head -n 100 "$results/$rule"
    fi
done
echo "$passed $failed 0" >"$results/count"
[ "$failed" -eq 0 ]
