#!/bin/sh
# cppcheck.sh ROOT BUILD: warnings and portability.
set -eu
mkdir -p "$2/cppcheck"
cd "$1"
cppcheck --quiet --std=c11 --language=c --enable=warning,portability --inline-suppr \
    --error-exitcode=1 --template='{file}:{line}: {message} ({id})' \
    --suppress=missingIncludeSystem --suppress=unmatchedSuppression \
    -D_POSIX_C_SOURCE=200809L -Isrc -j "$(nproc)" --cppcheck-build-dir="$2/cppcheck" src
