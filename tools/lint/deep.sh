#!/bin/bash
# deep.sh CPPFLAGS SOURCES [NODES]: the slow analysers, a file at a time on all
# processors: gcc -fanalyzer on base and store, clang-tidy on everything. NODES bounds how
# many states clang's analyser follows in a function (its own bound is 225000); ./check
# sets one, for the last ones take most of the time.
set -u
flags=$1
sources=$2
nodes=${3:+-Xclang -analyzer-config -Xclang max-nodes=$3}

analyse() { # SOURCE
    local extra= status=0
    case $1 in src/system/*) extra=-D_GNU_SOURCE ;; esac
    case $1 in
    src/base/* | src/store/*)
        # shellcheck disable=SC2086
        gcc $flags $extra -std=c11 -O2 -fanalyzer -Werror -c -o /dev/null "$1" || status=1
        ;;
    esac
    # What it counts and suppresses goes to standard error; findings do not.
    # shellcheck disable=SC2086
    clang-tidy --quiet "$1" -- $flags $extra -std=c11 $nodes 2>/dev/null || status=1
    return $status
}
export -f analyse
export flags nodes

# shellcheck disable=SC2086
printf '%s\n' $sources | xargs -n 1 -P "$(nproc)" bash -c 'analyse "$0"'
