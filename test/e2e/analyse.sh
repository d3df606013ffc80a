#!/usr/bin/env bash
# osteon analyse: the plan over the demo, looked at by a program that is not ours; the same cut
# gives the same bytes; what does not fit is refused with a sentence.
. "$(dirname "$0")/support/harness.bash"

schema=$root/../shared/standards/ars/ars_ldm.schema.json
case $osteon in *san*) cohort=(--participants 12) ;; *) cohort=() ;; esac
"$osteon" demo "$folder" ${cohort[@]+"${cohort[@]}"} >"$scratch/links" 2>"$scratch/err"
is "makes a demo" 0 $?
"$osteon" analyse "$folder" --out "$scratch/run" >"$scratch/told" 2>"$scratch/err"
is "runs the plan" 0 $?
is "says that the data are SYNTHETIC" 1 "$(grep -c '^SYNTHETIC. Data cut' "$scratch/err")"
cut=$(sed 's/.*Data cut: event \([0-9]*\).*/\1/' "$scratch/err")
"$osteon" analyse "$folder" --out "$scratch/run" >/dev/null 2>"$scratch/err"
is "overwrites nothing" 3 $?

"$osteon" export "$folder" csv --out "$scratch/tables" >/dev/null 2>"$scratch/err"
is "exports the tables" 0 $?
user_add olga REG
serve
sign_in olga
request olga GET /api/overview
printf '%s' "$body" >"$scratch/overview.json"
"$osteon" analyse "$folder" --out "$scratch/served" >/dev/null 2>"$scratch/err"
is "runs while the folder is served" 0 $?
stop

"$osteon" analyse "$folder" --as-of "$cut" --out "$scratch/again" >/dev/null 2>"$scratch/err"
is "runs at the earlier cut" 0 $?
is "the same cut gives the same bytes" "" "$(diff -r "$scratch/run" "$scratch/again")"
"$osteon" analyse "$folder" --as-of 20 --out "$scratch/early" >/dev/null 2>"$scratch/err"
is "a study in which nobody is yet has results too" 0 $?
is "with reasons instead of numbers" 1 "$(grep -c '^E1.first_attempt,.*,estimate,,' "$scratch/early/results.csv")"

python=$(command -v python3) || give_up "python3 is installed" "it is not"
if [ -f "$schema" ]; then
    another python "$python" test/e2e/support/analysis_results.py "$scratch/run" "$scratch/tables" "$scratch/overview.json" "$schema"
fi

"$osteon" analyse "$folder" --as-of "$cut" --out "$scratch/chinese" --language zh >/dev/null 2>"$scratch/err"
is "draws figures in Chinese" 0 $?
another "a reader of figures" "$python" test/e2e/support/analysis_figures.py "$scratch/run" "$scratch/chinese"
is "SVG is well formed" 0 "$(xmllint --noout "$scratch"/run/figures/*.svg "$scratch"/chinese/figures/*.svg >/dev/null 2>&1; echo $?)"
"$osteon" analyse "$folder" --out "$scratch/french" --language fr >/dev/null 2>"$scratch/err"
is "knows two languages" 2 $?
printf '<?xml version="1.0"?><fontconfig><dir>/usr/share/fonts/opentype/inter</dir><cachedir>%s</cachedir></fontconfig>' "$scratch/fonts" >"$scratch/fonts.conf"
FONTCONFIG_FILE=$scratch/fonts.conf "$osteon" analyse "$folder" --out "$scratch/no-font" >/dev/null 2>"$scratch/err"
is "without a Chinese face there is no PDF with boxes" 1 $?
is "but a sentence and what to do" 1 "$(grep -c 'U+9AA8.*fonts-noto-cjk' <(tr '\n' ' ' <"$scratch/err"))"
is "and nothing is left" no "$([ -e "$scratch/no-font" ] && echo yes || echo no)"

plan=studies/io-hematology/plan.json
packages='survival cmprsk lme4 lmerTest nlme geepack jsonlite'
if command -v Rscript >/dev/null && Rscript -e "for (p in strsplit('$packages', ' ')[[1]]) library(p, character.only = TRUE)" >/dev/null 2>&1; then
    case $osteon in
    *san*) skips "every analysis is R's" "12 participants are too few for its models" ;;
    *) another Rscript Rscript --vanilla test/e2e/support/analysis_methods.R $plan "$scratch/run" ;;
    esac
else
    skips "every analysis is R's" "R or one of its packages is not installed: $packages"
fi

refused() { # NAME SED-EXPRESSION SENTENCE
    sed "$2" $plan >"$scratch/plan.json"
    "$osteon" analyse "$folder" --plan "$scratch/plan.json" --out "$scratch/refused" >/dev/null 2>"$scratch/err"
    is "$1: refused" 3 $?
    is "$1: a sentence" 1 "$(grep -c "$3" "$scratch/err")"
    is "$1: nothing is left" no "$([ -e "$scratch/refused" ] && echo yes || echo no)"
}
refused "an item that the design does not have" 's/IO\.FPASS/IO.FPASSED/' "FIRST of participants: .*FPASSED"
refused "a form that it does not have" 's/"form": "F.VS"/"form": "F.VX"/' "vitals: there is no such form or section"
refused "a method that there is not" 's/"method": "survival"/"method": "survial"/' "there is no method survial"
refused "a figure of no kind" 's/"kind": "swimmer"/"kind": "swimer"/' "figure swimmer: there is no kind swimer"
refused "a figure of an analysis that there is not" 's/"E4.flow"\]/"E4.flew"]/' "figure flow: there is no analysis E4.flew"
refused "a figure's name that is no file's" 's/"id": "harms"/"id": "..\/harms"/' "small letters"
refused "no JSON" 's/"level"/level/' "plan.json"
finish
