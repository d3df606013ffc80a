#!/bin/bash
# compliance.sh BUILD [TABLE]: were the tests that show the statements of regulation run and passed? TABLE names
# them (test/compliance/statements.txt); what the last run of each said stands in the TAP files under BUILD/results-*.
# Prints TAP, one test a named test; one that does not exist is a failure. The results for `osteon compliance --results`
# go to BUILD/compliance.txt: 'passed' or 'failed', a blank, the test.
set -u
build=$1
table=${2:-test/compliance/statements.txt}

tap_of() { # FILE
    case $1 in
    *.mjs) echo "$build/results-browsers/test-e2e-${1##*/}.tap" ;;
    *.sh) echo "$build/results-e2e/test-e2e-${1##*/}.tap" ;;
    *) echo "$build/results-unit/$(echo "${1%.c}" | tr / -).tap" ;;
    esac
}

count=0
failed=0
: >"$build/compliance.txt"
while IFS= read -r line; do
    file=${line%%: *}
    name=${line#*: }
    count=$((count + 1))
    tap=$(tap_of "$file")
    # The name, or its begin: some say numbers behind it. What was skipped did not pass.
    outcome=$(awk -v name="$name" '
        match($0, /^ *(not )?ok [0-9]+ - /) && index(substr($0, RLENGTH + 1), name) == 1 {
            found = 1
            if ($1 != "ok" || /# *SKIP/) bad = 1
        }
        END { print found && !bad ? "passed" : "failed" }' "$tap" 2>/dev/null)
    if [ "$outcome" = passed ]; then
        echo "ok $count - $line"
    else
        outcome=failed
        failed=$((failed + 1))
        echo "not ok $count - $line"
        echo "#   no passed test of this name in $tap"
    fi
    echo "$outcome $line" >>"$build/compliance.txt"
done < <(sed -n 's/^    \(test\/.*\)/\1/p' "$table" | sort -u)
echo "1..$count"
[ "$failed" -eq 0 ] && [ "$count" -gt 0 ]
