#!/bin/sh
# state.sh ROOT BUILD: no mutable file-level state, by the sections of the objects.
# Tables of constant pointers are in .data.rel.ro and count as constant.
set -eu
allowed=$(cd "$(dirname "$0")" && pwd)/state.txt
objects=$2/obj
set -- $(find "$objects/src" -name '*.o' | sort)
[ $# -gt 0 ] || exit 0
for object; do
    file=${object#"$objects/"}
    file=${file%.o}
    if grep -qxF "$file" "$allowed"; then
        continue
    fi
    # -f sysv: name | value | class | type | size | line | section
    nm -f sysv "$object" | awk -F'|' -v file="$file.c" '
        { gsub(/ /, ""); section = $7 }
        ($4 == "OBJECT" || $4 == "TLS") && section ~ /^(\.(data|bss|tdata|tbss)|\*COM\*)/ &&
        section !~ /^\.data\.rel\.ro/ {
            print file ": " $1 " is mutable state (" section "); pass it as a parameter"
        }'
done | { ! grep .; }
