#!/bin/sh
# fuzz_one.sh FUZZER: runs one libFuzzer target FUZZ_SECONDS long, from the saved corpus
# and what earlier runs found. Prints TAP; what broke it is kept in BUILD/crash/.
set -u
fuzzer=$1
name=$(basename "$fuzzer")
name=${name#fuzz_}
build=$(dirname "$(dirname "$fuzzer")")
saved=test/fuzz/corpus/$name
found=$build/corpus/$name
mkdir -p "$found" "$build/crash"
set -- "$found"
[ ! -d "$saved" ] || set -- "$@" "$saved"
[ ! -f "test/fuzz/$name.dict" ] || set -- "$@" "-dict=test/fuzz/$name.dict"
# What a target leaves when it dies is in a folder of its own, in memory where there is some.
parent=${TMPDIR:-/tmp}
[ ! -w /dev/shm ] || parent=/dev/shm
TMPDIR=$(mktemp -d "$parent/osteon-fuzz-XXXXXX")
export TMPDIR
trap 'rm -rf "$TMPDIR"' EXIT
echo "1..1"
if "$fuzzer" "-max_total_time=${FUZZ_SECONDS:-600}" -timeout=60 -rss_limit_mb=2048 \
    "-artifact_prefix=$build/crash/$name-" -print_final_stats=1 "$@" >&2; then
    echo "ok 1 - $name withstands ${FUZZ_SECONDS:-600} s of fuzzing"
else
    echo "not ok 1 - $name withstands ${FUZZ_SECONDS:-600} s of fuzzing"
    exit 1
fi
