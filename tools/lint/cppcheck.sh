#!/bin/sh
# cppcheck.sh ROOT BUILD: warnings and portability.
#
# cppcheck 2.10 gives up a file that has a compound literal between "?" and ":". It reads
# a copy in which such a literal stands in brackets; lines keep their numbers.
# Not asked: comparePointers, since embedded bytes end at a symbol of their own;
# autoVariables, since gcc's -Wdangling-pointer knows whether the pointer outlives.
set -eu
copy=$2/cppcheck/tree
mkdir -p "$copy" "$2/cppcheck/known"
cd "$1"
find src -name '*.[ch]' | sed 's|/[^/]*$||' | sort -u | (cd "$copy" && rm -rf src && xargs mkdir -p)
find src -name '*.[ch]' | while read -r file; do
    sed -E 's/\? (\(struct [a-z_]+\)\{[^{}]*\})/? (\1)/' "$file" >"$copy/$file"
done
cd "$copy"
cppcheck --quiet --std=c11 --language=c --enable=warning,portability --inline-suppr \
    --error-exitcode=1 --template='{file}:{line}: {message} ({id})' \
    --suppress=missingIncludeSystem --suppress=unmatchedSuppression \
    --suppress=comparePointers --suppress=autoVariables \
    -D_POSIX_C_SOURCE=200809L -Isrc -j "$(nproc)" --cppcheck-build-dir=../known src
