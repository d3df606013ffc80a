#!/bin/sh
# run_bench.sh BUILD BENCHMARK…: one after the other, alone on the machine.
set -eu
OSTEON=$1/osteon
export OSTEON
shift
for benchmark; do
    echo "== $(basename "$benchmark")"
    case $benchmark in
    *.mjs) node "$benchmark" ;;
    *) "$benchmark" ;;
    esac
done
