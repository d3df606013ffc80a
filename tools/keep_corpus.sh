#!/bin/sh
# keep_corpus.sh BUILD FUZZER…: adds to test/fuzz/corpus what the last runs found and
# that reaches code which the saved inputs do not.
set -eu
build=$1
shift
for fuzzer; do
    name=$(basename "$fuzzer")
    name=${name#fuzz_}
    mkdir -p "test/fuzz/corpus/$name" "$build/corpus/$name"
    "$fuzzer" -set_cover_merge=1 -use_counters=0 "test/fuzz/corpus/$name" "$build/corpus/$name" 2>"$build/merge.log" ||
        { cat "$build/merge.log" >&2; exit 1; }
    echo "$name: $(find "test/fuzz/corpus/$name" -type f | wc -l) inputs"
done
