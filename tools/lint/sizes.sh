#!/bin/sh
# sizes.sh ROOT: a function has at most 80 lines, 7 parameters and 4 levels of nesting,
# a file at most 700 lines; over src/ the median function has at most 15 lines and the
# ninth tenth at most 45. A comment "SIZE-OK: why" in a function, on the line before
# it, or in the first ten lines of a file excepts it.
#
# Functions are found by the layout that format.sh enforces: "{" and "}" in column 1.
set -eu
cd "$1"
set -- $(find src test bench -name '*.[ch]' 2>/dev/null | grep -v '^test/lint/' | sort)
[ $# -gt 0 ] || exit 0
lengths=$(mktemp)
trap 'rm -f "$lengths"' EXIT
failed=0
awk -v lengths="$lengths" '
function complain(line, sentence) {
    print file ":" line ": " sentence
    failed = 1
}
function parameter_count(text,    i, c, depth, count, seen) {
    sub(/^[^(]*\(/, "", text)
    count = 1
    for (i = 1; i <= length(text); i++) {
        c = substr(text, i, 1)
        if (c == "(") depth++
        if (c == ")" && depth-- == 0) break
        if (c == "," && depth == 0) count++
    }
    return count
}
function end_of_file() {
    if (file != "" && last > 700 && !is_file_excused)
        complain(last, "the file has " last " lines, more than 700")
}
FNR == 1 {
    end_of_file()
    file = FILENAME
    is_file_excused = is_excused = was_excused = inside = 0
    signature = ""
}
{ last = FNR }
/SIZE-OK: .*[a-z].{10,}/ || /SIZE-OK: ............/ {
    if (FNR <= 10) is_file_excused = 1
    is_excused = 1
}
!inside && /^\{/ {
    inside = 1
    start = signature_line
    name = signature
    sub(/\(.*/, "", name)
    sub(/.*[ *]/, "", name)
    if (!is_excused && parameter_count(signature) > 7)
        complain(start, name "() has more than 7 parameters")
    is_deep = 0
    next
}
inside && /^\}/ {
    inside = 0
    count = FNR - start + 1
    if (count > 80 && !is_excused)
        complain(start, name "() has " count " lines, more than 80")
    if (file ~ /^src\//) print count, file ":" start, name >lengths
    is_excused = 0
    signature = ""
    next
}
inside && /^                    +(if|for|while|switch|do)( |$)/ && !is_excused && !is_deep {
    complain(FNR, name "() nests deeper than 4 levels")
    is_deep = 1
}
# Outside functions: gather the lines since the last complete declaration.
!inside {
    if ($0 ~ /^[#}]/ || $0 ~ /;[ \t]*(\/[*\/].*)?$/ || $0 == "" || $0 ~ /^(\/[*\/]| \*)/) {
        signature = ""
        if ($0 !~ /SIZE-OK/) is_excused = 0
    } else {
        if (signature == "") signature_line = FNR
        signature = signature " " $0
    }
}
END {
    end_of_file()
    exit failed
}' "$@" || failed=1

sort -n "$lengths" | awk '
{ length_[NR] = $1; name[NR] = $2 " " $3 }
END {
    if (NR == 0) exit 0
    median = length_[int((NR + 1) / 2)]
    tenth = length_[int(NR * 0.9 + 0.999)]
    printf "%d functions: median %d lines, p90 %d, longest %d (%s)\n", NR, median, tenth, length_[NR], name[NR]
    # A handful of functions has no meaningful distribution.
    if (NR >= 20 && median > 15) { print "the median function has more than 15 lines"; exit 1 }
    if (NR >= 20 && tenth > 45) { print "the ninth tenth of functions has more than 45 lines"; exit 1 }
}' || failed=1
exit $failed
