#!/usr/bin/env bash
# The report of osteon analyse: its numbers are those of results.csv, in text, tables and figures, in
# HTML and in PDF, in both languages; the same cut gives the same bytes; a plan whose report does not
# fit is refused with a sentence.
. "$(dirname "$0")/support/harness.bash"

python=$(command -v python3) || give_up "python3 is installed" "it is not"
case $osteon in *san*) cohort=(--participants 12) ;; *) cohort=() ;; esac
"$osteon" demo "$folder" ${cohort[@]+"${cohort[@]}"} >"$scratch/links" 2>"$scratch/err"
is "makes a demo" 0 $?
for language in en zh; do
    run=$scratch/$language
    "$osteon" analyse "$folder" --out "$run" --language $language >/dev/null 2>"$scratch/err"
    is "$language: runs" 0 $?
    seq=$(sed -n 's/.*Data cut: event \([0-9]*\).*/\1/p' "$scratch/err")
    another "$language" "$python" test/e2e/support/report_numbers.py "$run"
    "$osteon" analyse "$folder" --as-of "$seq" --out "$scratch/again" --language $language >/dev/null 2>"$scratch/err"
    is "$language: the same cut gives the same bytes" "" "$(diff -r "$run" "$scratch/again")"
    rm -r "$scratch/again"
    is "$language: the HTML asks for nothing else" 0 "$(grep -cE '(src|href)="(https?:)?//|@import|url\(' "$run/report.html")"
    is "$language: the PDF has its fonts with it" 0 "$(pdffonts "$run/report.pdf" | tail -n +3 | grep -vc ' yes yes yes ')"
    cut=$(grep -oE '[0-9-]{10} [0-9:]{8} UTC' "$run/report.html" | head -n 1)
    is "$language: its date is the cut's" "$cut" \
        "$(TZ=UTC pdfinfo -isodates "$run/report.pdf" | sed -n 's/^CreationDate: *\(.*\)T\(.*\)Z$/\1 \2 UTC/p')"
done
is "Chinese is Chinese" 1 "$(pdftotext "$scratch/zh/report.pdf" - | grep -c '^主要结局$')"
is "and marked so" 1 "$(grep -c '<html lang="zh-CN">' "$scratch/zh/report.html")"
is "a survival says who is alive at how many days" yes \
    "$(pdftotext -layout "$scratch/en/report.pdf" - | grep -q 'alive at 28 days (' && echo yes || echo no)"
is "in Chinese too" yes "$(pdftotext -layout "$scratch/zh/report.pdf" - | grep -q '28 天时存活（' && echo yes || echo no)"
is "harms are told at days where these are whole" yes \
    "$(pdftotext -layout "$scratch/en/report.pdf" - | grep -q '^ *at 28 days (competing' && echo yes || echo no)"
is "and never at so many hours" 0 "$(pdftotext "$scratch/en/report.pdf" - | grep -c '672 hours')"
is "two groups have their words" yes \
    "$(pdftotext -layout "$scratch/en/report.pdf" - | grep -q 'Platelets below 20 at baseline; others' && echo yes || echo no)"
"$osteon" analyse "$folder" --as-of 20 --out "$scratch/early" >/dev/null 2>"$scratch/err"
is "a study in which nobody is yet has a report too" yes "$([ -s "$scratch/early/report.pdf" ] && echo yes || echo no)"

plan=studies/io-hematology/plan.json
refused() { # NAME SED-EXPRESSION SENTENCE
    sed "$2" $plan >"$scratch/plan.json"
    "$osteon" analyse "$folder" --plan "$scratch/plan.json" --out "$scratch/refused" >/dev/null 2>"$scratch/err"
    is "$1: refused" 3 $?
    is "$1: a sentence" 1 "$(grep -c "$3" "$scratch/err")"
    is "$1: nothing is left" no "$([ -e "$scratch/refused" ] && echo yes || echo no)"
}
refused "a chapter of no kind" 's/"kind": "harms"/"kind": "hams"/' "there is no kind of chapter hams"
refused "a figure that there is not" 's/"figures": \["harms"\]/"figures": ["ham"]/' "there is no figure ham"
finish
