#!/usr/bin/env bash
# osteon analyse: the plan over the demo, looked at by a program that is not ours; the same cut
# gives the same bytes; what does not fit is refused with a sentence.
. "$(dirname "$0")/support/harness.bash"

skips() { # NAME WHY
    passes "$1 # SKIP $2"
}
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
another reasons "$python" test/e2e/support/reasons.py

plan=studies/io-hematology/plan.json
# A plan of its own: one person proposes it, the other publishes it, and results say so.
user_add stefan STAT
propose() { # USER FILE
    "$osteon" study "$folder" plan "$2" --user "$1" --password-file "$scratch/password" --reason "SYNTHETIC: day 60" >"$scratch/told" 2>"$scratch/err"
}
propose stefan $plan
is "a plan whose version is there already is refused" 1 "$(grep -c 'version 1 of the plan is there already' "$scratch/err")"
sed 's/"version": "1"/"version": "2"/; s/"horizon": \[90\], "at": \[7, 28, 90\]/"horizon": [60], "at": [7, 28, 60]/' $plan >"$scratch/plan2.json"
sed 's/"version": "1"/"version": "3"/; s/IO\.FPASS/IO.FPASSED/' $plan >"$scratch/plan3.json"
propose stefan "$scratch/plan3.json"
is "a plan that does not fit the design is refused" 1 "$(grep -c FPASSED "$scratch/err")"
propose stefan "$scratch/plan2.json"
is "a plan is proposed" 0 $?
"$osteon" analyse "$folder" --out "$scratch/waits" >/dev/null 2>"$scratch/err"
is "while it waits the one before holds" 1 "$(grep -c 'analysis plan 1' "$scratch/waits/results.json")"
serve
link=$(sed -n 's/^PI .*link.//p' "$scratch/links")
request - POST /api/login/link "$(jq -nc --arg t "$link" --arg p "$password" '{token:$t,password:$p}')"
sign_in pi
sign_in stefan
request pi GET /api/analysis/plans
proposal=$(printf '%s' "$body" | jq '.versions[0].id')
says "what it changes is told" '[.versions[0].changes[]|select(.name=="E11.survival")|.fact,.before,.after]|@json' \
    '["with","event: DIED; time: DAYS; horizon: 90; at: 7 28 90","event: DIED; time: DAYS; horizon: 60; at: 7 28 60"]'
request stefan POST "/api/analysis/plans/$proposal/publish" '{}'
is "who proposed it does not publish it" 403 "$status"
request pi POST "/api/analysis/plans/$proposal/publish" '{}'
is "the second person does" 200 "$status"
request pi GET /api/analysis
says "results are made by it" '[.plan,(.analyses[]|select(.id=="E11.survival").parts[0].values|map(.operation)|index("surv.t60") != null)]|@json' '["2",true]'
request pi GET /api/overview
is "and the overview" 200 "$status"
request stefan POST /api/analysis/runs '{}'
is "a run is noted on the log" 200 "$status"
results=$(printf '%s' "$body" | jq -r .results_hash)
at=$(printf '%s' "$body" | jq -r .seq)
request pi POST /api/analysis/runs '{}'
is "by who may run analyses" 403 "$status"
stop
"$osteon" analyse "$folder" --as-of "$at" --out "$scratch/noted" >/dev/null 2>"$scratch/err"
is "with the hash of results.json at that cut" "$results" "$(sha256sum "$scratch/noted/results.json" | cut -d' ' -f1)"
is "the cut before has its own plan" 1 "$(grep -c 'analysis plan 1' "$scratch/again/results.json")"
"$osteon" export "$folder" audit --out "$scratch/audit.csv" >/dev/null 2>"$scratch/err"
is "the audit trail tells both runs" 2 "$(grep -c "ANALYSIS_RUN.*plan 2 at event $at, results SHA-256 $results" "$scratch/audit.csv")"
"$osteon" verify "$folder" >/dev/null 2>"$scratch/err"
is "the folder verifies" 0 $?

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
