#!/bin/sh
# deep.sh CPPFLAGS SOURCES: the slow analysers: gcc -fanalyzer on base and store,
# clang-tidy on everything.
set -u
flags=$1
sources=$2
failed=0
for source in $sources; do
    case $source in
    src/base/* | src/store/*)
        # shellcheck disable=SC2086
        gcc $flags -std=c11 -O2 -fanalyzer -Werror -c -o /dev/null "$source" || failed=1
        ;;
    esac
done
extra=
for source in $sources; do
    case $source in src/system/*) extra=-D_GNU_SOURCE ;; *) extra= ;; esac
    # shellcheck disable=SC2086
    clang-tidy --quiet "$source" -- $flags $extra -std=c11 2>/dev/null || failed=1
done
exit $failed
