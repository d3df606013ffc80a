#!/usr/bin/env bash
# The overview's endpoints on the demo's whole cohort, computed once more from its exported
# tables by a program that is not ours.
. "$(dirname "$0")/support/harness.bash"

# Under sanitizers a small cohort does.
case $osteon in *san*) cohort=(--participants 12) ;; *) cohort=() ;; esac
"$osteon" demo "$folder" ${cohort[@]+"${cohort[@]}"} >"$scratch/links" 2>"$scratch/err"
is "makes a demo" 0 $?
"$osteon" export "$folder" csv --out "$scratch/tables" >/dev/null 2>"$scratch/err"
is "exports it" 0 $?
user_add olga REG
serve
sign_in olga
request olga GET /api/overview
is "the overview is there" 200 "$status"
says "everybody is read" ".read == .of and .of > 10" true
printf '%s' "$body" >"$scratch/overview.json"
stop
python=$(command -v python3) || give_up "python3 is installed" "it is not"
another python "$python" test/e2e/support/overview_figures.py "$scratch/tables" "$scratch/overview.json"
finish
