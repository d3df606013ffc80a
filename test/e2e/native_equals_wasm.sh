#!/usr/bin/env bash
# The engine gives the same bits natively and in WebAssembly: all examples of the language's
# reference, and all rules of the built-in study, on many generated participants
# (test/tool/rule_records.c), in which each part of each rule takes each value that it can.
# ENDURE=1: 100,000 participants and each value 1,000 times; else 1,200, and each value once
# but for three in a hundred.
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1
build=${BUILD:-build}
module=build/engine/engine.wasm
study=studies/io-hematology
if [ -n "${ENDURE:-}" ]; then
    records=100000 wanted=1000 spared=0
else
    records=1200 wanted=1 spared=3
fi
report=$(mktemp)
trap 'rm -f "$report"' EXIT

[ -f "$module" ] || { echo "Bail out! make wasm builds $module"; exit 1; }
echo "1..3"
failed=0
say() { # NUMBER SENTENCE STATUS…
    local number=$1 sentence=$2 is_ok=ok
    shift 2
    [[ $* =~ [1-9] ]] && is_ok="not ok" && failed=1
    echo "$is_ok $number - $sentence"
}

same() { # FILE
    "$build/tool/rule_records" "$1" "$records" 1 "$report" |
        node test/e2e/support/engine_replay.mjs "$module" | sed 's/^/# /'
    statuses="${PIPESTATUS[*]}"
}

same doc/language.md
say 1 "native and WebAssembly agree on $records records of the language's reference" "$statuses"
same $study/study.xml
say 2 "native and WebAssembly agree on $records records of the built-in study" "$statuses"
node test/e2e/support/rule_outcomes.mjs $study/vectors/unreachable.txt $wanted $spared <"$report" | sed 's/^/# /'
statuses="${PIPESTATUS[*]}"
say 3 "each part of each rule took each value it can, in them" "$statuses"
exit $failed
