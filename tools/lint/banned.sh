#!/bin/sh
# banned.sh ROOT: no call of banned.txt. Where a C library forces one upon us, the line
# carries the comment "BANNED-OK: why".
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "$1"
set -- $(find src -name '*.[ch]' | sort)
[ $# -gt 0 ] || exit 0
marked=$(grep -nE 'BANNED-OK: .{10,}' "$@" /dev/null | cut -d: -f1,2 || true)
awk -f "$here/strip.awk" "$@" | MARKED=$marked awk '
BEGIN {
    n = split(ENVIRON["MARKED"], marks, "\n")
    for (i = 1; i <= n; i++) is_marked[marks[i]] = 1
}
FNR == NR {
    if ($0 ~ /^#/ || NF == 0) next
    places[$1] = $2
    advice[$1] = $0
    sub(/^[^ ]+ +[^ ]+ +/, "", advice[$1])
    next
}
function is_allowed(call, file,    parts, n, i) {
    n = split(places[call], parts, ",")
    for (i = 1; i <= n; i++)
        if (file == "src/" parts[i] || index(file, "src/" parts[i] "/") == 1) return 1
    return 0
}
{
    split($0, at, ":")
    code = substr($0, length(at[1]) + length(at[2]) + 3)
    if (code !~ /\(/ || code ~ /^[ \t]*#/ || ((at[1] ":" at[2]) in is_marked)) next
    while (match(code, /[A-Za-z_][A-Za-z0-9_]*[ \t]*\(/)) {
        call = substr(code, RSTART, RLENGTH - 1)
        before = substr(code, 1, RSTART - 1)
        code = substr(code, RSTART + RLENGTH)
        sub(/[ \t]+$/, "", call)
        # A member of a struct may carry any name.
        if (before ~ /(\.|->)$/ || !(call in places) || is_allowed(call, at[1])) continue
        print at[1] ":" at[2] ": " call "() is banned; use " advice[call]
        failed = 1
    }
}
END { exit failed }
' "$here/banned.txt" -
