#!/usr/bin/env bash
# The data as tables: a folder and a ZIP file of a demo that is served, loaded by Python and,
# where it is installed, by R; counted against the database by a program that is not ours.
. "$(dirname "$0")/support/harness.bash"

skips() { # NAME WHY
    test_count=$((test_count + 1))
    echo "ok $test_count - $1 # SKIP $2"
}

"$osteon" demo "$folder" --participants 3 --seed 5 >/dev/null 2>"$scratch/err"
is "makes a demo" 0 $?
"$osteon" export "$folder" csv --out "$scratch/before" >/dev/null 2>"$scratch/err"
is "exports a folder" 0 $?
like "and says what and of which cut" 'SYNTHETIC\. Data cut: event [0-9]+\. [0-9]+ participants' "$(cat "$scratch/err")"
cut=$(sed -n 's/.*Data cut: event \([0-9]*\).*/\1/p' "$scratch/err")
(cd "$scratch/before" && sha256sum --quiet -c SHA256SUMS) >"$scratch/sums" 2>&1
is "each file has the hash that SHA256SUMS says" 0 $?
is "no file is without its hash" "$(ls "$scratch/before" | grep -vc SHA256SUMS)" "$(grep -c . "$scratch/before/SHA256SUMS")"
like "README says SYNTHETIC first" '^SYNTHETIC' "$(head -n 1 "$scratch/before/README.txt")"
"$osteon" export "$folder" csv --out "$scratch/before" >/dev/null 2>&1
is "what is there is not written over" 3 $?
serve
"$osteon" export "$folder" csv --out "$scratch/served" --as-of "$cut" >/dev/null 2>"$scratch/err"
is "exports while serving, as of the first cut" 0 $?
is "and gives the same bytes" "" "$(diff -r "$scratch/before" "$scratch/served")"
"$osteon" export "$folder" csv --out "$scratch/served.zip" >/dev/null 2>"$scratch/err"
is "exports a ZIP file" 0 $?
stop
"$osteon" verify "$folder" >/dev/null 2>&1
is "the folder still verifies" 0 $?
"$osteon" export "$folder" log --out "$scratch/log" 2>/dev/null
is "the log has each export" 3 "$(grep -c '"EXPORTED"' "$scratch/log")"
like "with its hash" "$(sha256sum "$scratch/served.zip" | cut -d ' ' -f 1)" "$(grep '"EXPORTED"' "$scratch/log" | tail -n 1)"

# Debian's, which has pandas.
python=/usr/bin/python3
[ -x "$python" ] || python=$(command -v python3) || give_up "python3 is installed" "it is not"
another python "$python" test/e2e/support/export_csv.py "$scratch/before" "$scratch/served.zip" "$folder/osteon.db"

if command -v Rscript >/dev/null; then
    Rscript --vanilla test/e2e/support/export_csv.R "$scratch/before" >"$scratch/told" 2>&1
    is "R loads every table with its types" 0 $? "$(cat "$scratch/told")"
    like "and says so" 'all types are right' "$(cat "$scratch/told")"
else
    skips "R loads every table with its types" "Rscript is not installed"
    skips "and says so" "Rscript is not installed"
fi
finish
