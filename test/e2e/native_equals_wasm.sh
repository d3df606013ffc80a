#!/usr/bin/env bash
# The engine gives the same bits natively and in WebAssembly: all examples of the language's
# reference, and all rules of the built-in study where it has some, on many generated
# participants (test/tool/rule_records.c), in batches. ENDURE=1: 100,000; else 10,000.
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1
build=${BUILD:-build}
module=build/engine/engine.wasm
records=${RECORDS:-$([ -n "${ENDURE:-}" ] && echo 100000 || echo 10000)}
batch=2000
files=(doc/language.md)
grep -q 'Context="osteon' studies/io-hematology/study.xml && files+=(studies/io-hematology/study.xml)

[ -f "$module" ] || { echo "Bail out! make wasm builds $module"; exit 1; }
echo "1..${#files[@]}"
test=0
failed=0
for file in "${files[@]}"; do
    test=$((test + 1))
    sentence="native and WebAssembly agree on $records records of $file"
    is_ok=yes
    for ((done = 0; done < records && failed == 0; done += batch)); do
        count=$((records - done < batch ? records - done : batch))
        "$build/tool/rule_records" "$file" $count $((done + 1)) |
            node test/e2e/support/engine_replay.mjs "$module" | sed 's/^/# /'
        [[ ${PIPESTATUS[*]} =~ [1-9] ]] && is_ok=no && failed=1
    done
    [ $is_ok = yes ] && echo "ok $test - $sentence" || echo "not ok $test - $sentence"
done
exit $failed
