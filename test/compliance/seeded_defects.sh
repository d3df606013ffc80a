#!/usr/bin/env bash
# Each statement's test can fail: a defect is put into a copy of the sources, and the named
# test has to go red. Builds the program once for each defect: make endure runs it (ENDURE=1),
# ./check does not.
#
#   test/compliance/seeded_defects.sh [STATEMENT…]
set -u
root=$(cd "$(dirname "$0")/../.." && pwd)
table=$root/test/compliance/seeded_defects.txt
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
count=0
failures=0

tell() { # WHETHER NAME [WHY]
    count=$((count + 1))
    [ "$1" = ok ] || failures=$((failures + 1))
    echo "$1 $count - $2"
    [ -z "${3:-}" ] || printf '%s\n' "$3" | tail -n 12 | sed 's/^/#   /'
}

# A copy beside what lies beside the project, for tests read it there.
mkdir "$copy/project"
(cd "$root" && git ls-files -z | xargs -0 cp --parents -t "$copy/project") || exit 1
[ ! -d "$root/../shared" ] || ln -s "$(cd "$root/../shared" && pwd)" "$copy/shared"
cd "$copy/project" || exit 1

# The page's packages, for tests in a browser.
[ ! -d "$root/web/node_modules" ] || ln -s "$root/web/node_modules" web/node_modules

# What the test prints: a program is built, a script needs the whole program, a browser the
# page as well.
run_test() { # FILE
    case $1 in
    *.c)
        make --no-print-directory PAGE=none WERROR= "build/${1%.c}" >"$copy/built" 2>&1 || return 1
        CMOCKA_MESSAGE_OUTPUT=TAP timeout 300 "build/${1%.c}" >"$copy/told" 2>/dev/null
        ;;
    *.mjs)
        make --no-print-directory WERROR= all >"$copy/built" 2>&1 || return 1
        timeout 300 node --test --test-reporter=tap "$1" >"$copy/told" 2>/dev/null
        ;;
    *)
        make --no-print-directory PAGE=none WERROR= all >"$copy/built" 2>&1 || return 1
        timeout 300 bash "$1" >"$copy/told" 2>/dev/null
        ;;
    esac
    return 0
}

is_red() { # NAME
    grep -Eq "^not ok [0-9]+ - $1( .*)?\$" "$copy/told"
}

is_green() {
    grep -Eq "^ok [0-9]+ - $1( .*)?\$" "$copy/told"
}

while IFS='|' read -r statement test file defect; do
    statement=${statement// /}
    case $statement in '' | '#'*) continue ;; esac
    case " $* " in "  " | *" $statement "*) ;; *) continue ;; esac
    file=${file// /}
    defect=${defect# }
    script=${test%%:*}
    script=${script// /}
    name=$(echo "${test#*: }" | sed 's/ *$//')
    if ! run_test "$script" || ! is_green "$name"; then
        tell "not ok" "$statement: \"$name\" is green without a defect" "$(cat "$copy/built" "$copy/told" 2>/dev/null)"
        continue
    fi
    cp "$file" "$copy/kept"
    sed -E -i "$defect" "$file"
    if cmp -s "$file" "$copy/kept"; then
        tell "not ok" "$statement: the defect finds its place in $file"
    elif ! run_test "$script"; then
        tell "not ok" "$statement: the program with the defect builds" "$(cat "$copy/built")"
    elif is_red "$name" || ! is_green "$name"; then
        tell ok "$statement: \"$name\" goes red"
    else
        tell "not ok" "$statement: \"$name\" does not see the defect in $file"
    fi
    cp "$copy/kept" "$file"
done <"$table"
echo "1..$count"
[ "$failures" -eq 0 ]
