#!/bin/sh
# oracle.sh TABLE TEST…: runs the tests of statistics and prints what they compared with
# numbers of other programs: case, quantity, ours, theirs, difference, tolerance. A row that
# is beyond its tolerance is marked; the exit status is 1 when there is one, or when a test
# has failed.
table=$1
shift
: >"$table" || exit 1
failed=0
for test; do
    OSTEON_ORACLE_TABLE="$table" "$test" >"$table.log" 2>&1 || {
        failed=1
        echo "$test failed:"
        grep ERROR "$table.log"
    }
done
rm -f "$table.log"
sort -u "$table" | awk -F'\t' '
    BEGIN { printf "%-22s %-44s %22s %22s %9s %7s\n", "case", "quantity", "ours", "theirs", "differs", "may" }
    {
        is_beyond = $3 == "not estimable" ? $4 != "NA" && $4 != "NaN" && $4 !~ /Inf/ : $5 == "inf" || $5 + 0 > $6 + 0
        beyond += is_beyond
        printf "%-22s %-44s %22s %22s %9s %7s%s\n", $1, $2, $3, $4, $5, $6, is_beyond ? "  BEYOND" : ""
    }
    END {
        printf "%d quantities, %d beyond their tolerance\n", NR, beyond
        exit beyond > 0 || NR == 0
    }' || failed=1
exit $failed
