#!/bin/sh
# prove.sh: each house rule goes red on its bad tree, says what it should, and stays
# green on its good tree. Prints TAP.
set -u
cd "$(dirname "$0")/../.."
proofs=test/lint
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

number=0
failed=0
say() { # OUTCOME SENTENCE [OUTPUT]
    number=$((number + 1))
    [ "$1" = ok ] || failed=1
    echo "$1 $number - $2"
    if [ "$1" != ok ] && [ -n "${3:-}" ]; then sed 's/^/# /' "$3"; fi
}

# Compiles a tree's sources with the flags of the Makefile; objects as in a build folder.
compile() { # TREE
    rm -rf "$work/build"
    sources=$(find "$1/src" -name '*.c')
    objects=$(echo "$sources" | sed "s|^\(.*\)\.c$|$work/make/obj/\1.o|")
    # shellcheck disable=SC2086
    make --no-print-directory WERROR=1 SAN= TSAN= FUZZ= BUILD="$work/make" PAGE=none $objects || return 1
    mkdir -p "$work/build/obj"
    cp -R "$work/make/obj/$1/src" "$work/build/obj/src"
}

run_rule() { # RULE TREE
    case $1 in
    warnings) compile "$2" ;;
    state | linkage) compile "$2" && "tools/lint/$1.sh" . "$work/build" ;;
    *) "tools/lint/$1.sh" "$2" "$work/build" ;;
    esac
}

prove() { # RULE
    if run_rule "$1" "$proofs/$1/bad" >"$work/bad" 2>&1; then
        say 'not ok' "$1 goes red" "$work/bad"
    else
        missing=$(while read -r piece; do
            grep -qF -- "$piece" "$work/bad" || echo "$piece"
        done <"$proofs/$1/expect")
        if [ -z "$missing" ]; then
            say ok "$1 goes red"
        else
            echo "missing: $missing" >>"$work/bad"
            say 'not ok' "$1 goes red and says why" "$work/bad"
        fi
    fi
    if run_rule "$1" "$proofs/$1/good" >"$work/good" 2>&1; then
        say ok "$1 stays green"
    else
        say 'not ok' "$1 stays green" "$work/good"
    fi
}

rules=$(for folder in "$proofs"/*/; do basename "$folder"; done)
# Every rule that 'make lint' runs has a proof here.
unproved=$(for script in tools/lint/*.sh; do
    rule=$(basename "$script" .sh)
    case $rule in run | deep) continue ;; esac
    [ -d "$proofs/$rule" ] || echo "$rule"
done)
echo "1..$(($(echo "$rules" | wc -l) * 2 + 1))"
if [ -z "$unproved" ]; then
    say ok "every rule has a proof"
else
    say 'not ok' "every rule has a proof (missing: $unproved)"
fi
for rule in $rules; do
    if [ "$rule" = typescript ] && [ ! -x web/node_modules/.bin/tsc ]; then
        number=$((number + 1))
        echo "ok $number - typescript goes red # SKIP the page's packages are not installed"
        number=$((number + 1))
        echo "ok $number - typescript stays green # SKIP the page's packages are not installed"
        continue
    fi
    prove "$rule"
done
exit $failed
