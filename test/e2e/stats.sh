#!/usr/bin/env bash
# osteon stats: methods on numbers and on a file of CSV.
. "$(dirname "$0")/support/harness.bash"

run() { # ARGUMENT…: sets $out, $err, $ended
    out=$("$osteon" stats "$@" 2>"$scratch/err")
    ended=$?
    err=$(cat "$scratch/err")
}
json() { # NAME JQ EXPECTED
    is "$1" "$3" "$(printf '%s' "$out" | jq -r "$2" 2>&1)"
}
oracles=../shared/oracles/given
oracle() { # CASE QUANTITY: with 12 digits, as printf writes them
    printf '%.12g' "$(awk -F, -v name="$2" '$2 == name { print $3 }' "$oracles/$1.csv")"
}
same() { # NAME KEY CASE QUANTITY
    is "$1" "$(oracle "$3" "$4")" "$(printf '%.12g' "$(printf '%s' "$out" | grep -o "\"$2\":[^,}]*" | cut -d: -f2)")"
}

run proportion --events 49 --total 52
is "a proportion" 0 $ended
same "Wilson's interval" wilson.lower G01_proportion_ci x49_n52.wilson.lo
same "Clopper and Pearson's" clopper_pearson.upper G01_proportion_ci x49_n52.cp.hi
json "what it is" '[.method, .inputs.n, (.software|split(" ")[0])]|join(" ")' "proportion 52 osteon"
like "numbers have 17 digits" '"estimate":0\.94230769230769229' "$out"
run proportion --events 47 --total 52 --null 0.8
same "the exact test" two_sided_p G01_proportion_ci test_47_52_p0.8.two_sided_p
run proportion --events 0 --total 0
json "of nobody says why" '.not_estimable["wilson.lower"]' "there is nobody to count"

run km --data "$oracles/G03_km_in_lung.csv" --time time --event event --group sex --at 365 --ci log --rmst 365
is "curves by group" 0 $ended
same "survival" sex=1.surv.t365 G03_km lung_sex.g=1.t365.surv
same "its interval" sex=2.surv.t365.upper G03_km lung_sex.g=2.t365.log.hi
same "a median" sex=2.q50 G03_km lung_sex.g=2.q50
same "a restricted mean" sex=1.rmst365 G03_km lung_sex.g=1.rmst365
json "a limit that is not reached" '.not_estimable["sex=2.q75.upper"]' "the limit's curve does not come down to it"

run summary --data "$oracles/G14_multiplicity_desc_in_x.csv" --column x --type 6 --quantiles 0.9
same "a quantile" quantile_type6.p90 G14_multiplicity_desc quantile_type6.p90
same "a mean" mean G14_multiplicity_desc mean

printf 'x,g\n1,a\n,a\nNA,b\n2,b\n' >"$scratch/gaps.csv"
run summary --data "$scratch/gaps.csv" --column x
json "missing values are counted" '[.inputs.n, .inputs.missing, .estimates.mean]|join(" ")' "2 2 1.5"
printf 'x\n1\ntwo\n' >"$scratch/bad.csv"
run summary --data "$scratch/bad.csv" --column x
is "what is no number is refused" 3 $ended
like "with line and column" 'line 3, column x' "$err"
run summary --data "$scratch/bad.csv" --column y
is "a column that is not there too" 3 $ended
printf 'x\n"1\n' >"$scratch/torn.csv"
run summary --data "$scratch/torn.csv" --column x
is "and a torn file" 3 $ended
run summary --data "$scratch/none.csv" --column x
is "a missing file could not be done" 1 $ended

run proportion --events 3 --total 2
is "more events than people is wrong usage" 2 $ended
run proportion --events 3 --total 4 --time t
like "and an option of another method" 'takes no --time' "$err"
run kmm
like "and an unknown method, with the nearest" 'did you mean osteon stats km' "$err"
run help
like "help lists the methods" '^summary' "$out"
run help km
like "and says how one is computed" 'Brookmeyer' "$out"
finish
