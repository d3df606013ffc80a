#!/bin/sh
# leftovers.sh ROOT: nothing half done is committed.
set -eu
cd "$1"
words='TO''DO|FIX''ME|XX''X|not impl''emented|not yet impl''emented'
# shellcheck disable=SC2046
set -- $(find src web test bench tools doc studies -type d \( -name node_modules -o -path test/lint \) -prune \
    -o -type f \( -name '*.[chS]' -o -name '*.ts' -o -name '*.tsx' -o -name '*.mjs' -o -name '*.css' \
    -o -name '*.sh' -o -name '*.awk' -o -name '*.md' -o -name '*.sql' \) -print 2>/dev/null)
[ $# -gt 0 ] || exit 0
! grep -nEw "$words" "$@" /dev/null
