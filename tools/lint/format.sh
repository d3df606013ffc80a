#!/bin/sh
# format.sh ROOT: the C sources are laid out as .clang-format says. 'make format' does it.
set -eu
cd "$1"
set -- $(find src test bench -name '*.[ch]' 2>/dev/null | grep -v '^test/lint/' | sort)
[ $# -gt 0 ] || exit 0
clang-format --dry-run -Werror --ferror-limit=20 "$@"
