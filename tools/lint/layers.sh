#!/bin/sh
# layers.sh ROOT: includes point down only, as layers.txt beside this script says.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "$1"
set -- $(find src -name '*.[ch]' | sort)
[ $# -gt 0 ] || exit 0
awk '
function split_list(list, into,    parts, n, i) {
    n = split(list, parts, " ")
    for (i = 1; i <= n; i++) into[parts[i]] = 1
}
function complain(sentence) {
    print FILENAME ":" FNR ": " sentence
    failed = 1
}
FNR == NR {
    if ($0 ~ /^#/ || NF == 0) next
    name = $2
    sub(/:$/, "", name)
    list = $0
    sub(/^[^:]*:/, "", list)
    n = split(list, parts, " ")
    if ($1 == "floor") is_floor[name] = 1
    if ($1 == "pure") is_pure[name] = 1
    if ($1 == "library") libraries[++library_count] = name
    for (i = 1; i <= n; i++) allowed[$1, name, parts[i]] = 1
    next
}
FNR == 1 {
    split(FILENAME, path, "/")
    floor = path[2]
    if (!(floor in is_floor)) complain("the folder src/" floor " is not a floor of layers.txt")
}
/^[ \t]*#[ \t]*include[ \t]*"/ {
    split($0, quoted, "\"")
    header = quoted[2]
    target = header
    if (!sub(/\/.*/, "", target)) {
        complain("write the whole path: \"" floor "/" header "\"")
    } else if (target != floor && !((("floor" SUBSEP floor) SUBSEP target) in allowed)) {
        complain(floor " may not include " target " (\"" header "\")")
    }
}
/^[ \t]*#[ \t]*include[ \t]*</ {
    header = $0
    sub(/^[^<]*</, "", header)
    sub(/>.*/, "", header)
    if ((floor in is_pure) && !(("pure", floor, header) in allowed))
        complain(floor " knows no operating system and may not include <" header ">")
    for (i = 1; i <= library_count; i++)
        if (index(header, libraries[i]) == 1 && !(("library", libraries[i], floor) in allowed))
            complain("<" header "> may not be used in " floor)
}
END { exit failed }
' "$here/layers.txt" "$@"
