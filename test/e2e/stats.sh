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

run table2x2 --cells 9,17,15,11
same "a risk difference" rd_newcombe.lower G02_two_by_two small.rd_newcombe.lo
same "its score interval" rd_miettinen_nurminen.upper G02_two_by_two small.rd_miettinen_nurminen.hi
same "Fisher's test" p_fisher G02_two_by_two small.p_fisher
{
    printf 'event,arm,site\n'
    for row in 1,b,1:15 0,b,1:11 1,a,1:9 0,a,1:17; do
        for ((i = 0; i < ${row#*:}; i++)); do echo "${row%:*}"; done
    done
} >"$scratch/cells.csv"
run table2x2 --data "$scratch/cells.csv" --event event --group arm
same "the same table from rows, the lesser group first" rd G02_two_by_two small.rd
run mantel-haenszel --data "$scratch/cells.csv" --event event --group arm --strata site
same "one stratum is the table" or_mh G02_two_by_two small.or
run mcnemar --cells 20,3,12,17
same "pairs that differ" exact_p G02_two_by_two mcnemar.exact_p
run trend --events 1,3 --totals 4,4
json "a trend over two groups" '.estimates.chisq * 1e9 | round' 2000000000

run signed-rank --data "$oracles/G07_paired_in_hollander_depression.csv" --x x --y y
same "signed ranks" p G07_paired hollander.p
same "the shift of pairs" hl.upper G07_paired hollander.hi
run signed-rank --data "$oracles/G07_paired_in_sleep.csv" --x d1 --y d2 --method exact
same "with ties, exactly" p G07_paired sleep_exact_ties.p
run paired --data "$oracles/G07_paired_in_sleep.csv" --x d1 --y d2
same "the t test of pairs" lower G07_paired sleep_t.lo
run rank-sum --data "$oracles/G08_twosample_in_airq.csv" --column Ozone --group Month
same "rank sums" p G08_twosample airq.p
json "and their shift" '.estimates.hl' -32
run twosample --data "$oracles/G08_twosample_in_airq.csv" --column Ozone --group Month
same "Welch's test" welch.p G08_twosample airq_welch.p
run kruskal --data "$oracles/G08_twosample_in_airq_all.csv" --column Ozone --group Month
same "several groups" p G08_twosample kruskal.p
run effect-size --means 62.1,57.4 --sds 9.3,8.1 --sizes 26,26
same "an effect size" hedges_g G14_multiplicity_desc hedges_g
run correlation --data "$oracles/G14_multiplicity_desc_in_mtcars.csv" --x mpg --y wt
same "a correlation" pearson.lower G14_multiplicity_desc pearson.lo
printf 'x,y\n1,4\n3,\n2,9\n' >"$scratch/uneven.csv"
run rank-sum --data "$scratch/uneven.csv" --x x --y y
json "two columns are each as long as they are" '[.inputs.n1, .inputs.n2, .inputs.missing]|join(" ")' "3 2 1"

run rate --events 0 --exposure 10
json "no event in an exposure" '.estimates["rate.exact.lower"]' 0
run adjust --data "$oracles/G14_multiplicity_desc_in_pvalues.csv" --column p --method hommel
same "adjusted p-values" 'hommel\.5' G14_multiplicity_desc adj.hommel.5
run adjust --p 0.5,1.5
is "what is no p-value is refused" 3 $ended
run group-sequential --boundary spend-obrien-fleming --looks 5 --sides 1
is "boundaries" "2.680280" "$(printf '%s' "$out" | jq '.estimates["z.3"]' | xargs printf '%.6f')"
run conditional-power --z 1.5 --fraction 0.5
same "conditional power" current_trend G13_groupseq cond_power.current_trend
run beta-binomial --events 18 --total 20 --null 0.8 --planned 52
same "a prediction" pred_prob G15_bayes x18_n20_Be1_1.pred_prob
run zero-events --total 52
same "what no event says" upper_one_sided G12_samplesize rule_of_three_exact_n52

plan() { # ARGUMENT…
    out=$("$osteon" plan "$@" 2>"$scratch/err")
    ended=$?
    err=$(cat "$scratch/err")
}
plan two-proportions --p1 0.8 --p2 0.95 --power 0.9
same "a size" n_exact G12_samplesize two_prop_n_per_arm.p.80_.95_pw.9
json "in whole participants" '.estimates.n_total' 202
plan means --delta 5 --sd 8 --n 26
same "a power" power G12_samplesize t_power.n26_delta5_sd8
plan simon --p0 0.2 --p1 0.4
same "two stages" optimal.EN0 G12_samplesize simon_.2_.4.optimal.EN0
plan proportion --events 1 --total 2
is "what is no plan" 2 $ended
plan help
like "plans are listed" '^simon' "$out"
run simon --p0 0.2 --p1 0.4
is "and stats knows them too" 0 $ended

printf 'x;y\n1;2\n' >"$scratch/semicolons.csv"
run summary --data "$scratch/semicolons.csv" --column x
like "semicolons are named" 'between semicolons' "$err"
printf 'x,y\n"1,5",2\n' >"$scratch/commas.csv"
run summary --data "$scratch/commas.csv" --column x
like "so is a decimal comma" 'behind a full stop' "$err"
printf '\xef\xbb\xbfx,y\r\n1,2\r\n"3","4"\r\n' >"$scratch/windows.csv"
run summary --data "$scratch/windows.csv" --column x
json "a file from Windows" '.estimates.mean' 2
printf 'x,x\n1,2\n' >"$scratch/twice.csv"
run summary --data "$scratch/twice.csv" --column x
like "a name that stands twice" 'two columns are called x' "$err"
printf 'time,event\n3,1\n-1,1\n' >"$scratch/before.csv"
run km --data "$scratch/before.csv" --time time --event event
is "a time below 0 is refused" 3 $ended
like "with its line" 'line 3, column time' "$err"
: >"$scratch/empty.csv"
run summary --data "$scratch/empty.csv" --column x
is "an empty file too" 3 $ended

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
