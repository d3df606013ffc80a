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
# With nine digits: what is found by iteration.
near() { # NAME KEY CASE QUANTITY
    is "$1" "$(printf '%.9g' "$(oracle "$3" "$4")")" \
        "$(printf '%.9g' "$(printf '%s' "$out" | grep -o "\"$2\":[^,}]*" | cut -d: -f2)")"
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

printf 'time,event,start,group\n5,1,0,a\n8,0,2,a\n12,1,4,b\n20,0,1,b\n' >"$scratch/late.csv"
run km --data "$scratch/late.csv" --time time --event event --start start --at 5
json "late entries are at risk when they are there" '[.estimates["nrisk.t5"], .estimates["surv.t5"]]|join(" ")' "4 0.75"
run km --data "$scratch/late.csv" --time time --event event --landmark 5 --at 12
json "a landmark looks at those who are left" '[.estimates.n, .estimates["surv.t12"]]|join(" ")' "3 0.5"
run km --data "$scratch/late.csv" --time start --event event --start time
like "a start behind its time is refused" 'a start is not before its time' "$err"
run km --data "$oracles/G03_km_in_lung.csv" --time time --event event --group sex --at 365 --rmst 365
json "two groups are compared" '.estimates["rmst365.difference"] * 1e9 | round' 55970324340

run logrank --data "$oracles/G04_logrank_in_lung.csv" --time time --event event --group sex --strata ph.ecog
same "the log-rank test in strata" chisq G04_logrank lung_sex_strat_ecog.chisq
same "expected deaths" 'exp\.2' G04_logrank lung_sex_strat_ecog.exp.2
run logrank --data "$oracles/G04_logrank_in_lung228.csv" --time time --event event --group sex --rho 1
same "weighted" p G04_logrank lung_sex_rho1.p

veteran="--time time --event status --covariates trt,small,adeno,squam,karno,diagtime,age,prior"
# shellcheck disable=SC2086
run cox --data "$oracles/G05_cox_in_veteran.csv" $veteran --at 100 --predict trt=1,squam=1,karno=60,diagtime=5,age=60
near "a Cox model" coef.karno G05_cox veteran_efron.coef.karno
near "its concordance" concordance.C G05_cox veteran_efron.concordance.C
near "proportional hazards" zph_km.p.GLOBAL G05_cox veteran_efron.zph_km.p.GLOBAL
near "a prediction" surv.t100.se G05_cox veteran_pred.se.100
# shellcheck disable=SC2086
run cox --data "$oracles/G05_cox_in_veteran.csv" $veteran --ties breslow --robust
near "ties as Breslow" se.squam G05_cox veteran_breslow.se.squam
run cox --data "$scratch/late.csv" --time time --event event --covariates start,start
like "a covariate that stands twice" 'a combination of those before it' "$out"
run cox --data "$scratch/late.csv" --time time --event event --covariates start --predict age=3 --at 5
is "what is predicted must be in the model" 2 $ended

mgus="$oracles/G06_competing_in_mgus2.csv"
run cuminc --data "$mgus" --time t --event ev --group sx --at 60
near "cumulative incidence" cif.1_2.t60 G06_competing mgus2.cif.1_2.t60
near "Gray's test" gray.p.2 G06_competing mgus2.gray.p.2
run gray --data "$mgus" --time t --event ev --group sx
near "alone" gray.stat.1 G06_competing mgus2.gray.stat.1
run finegray --data "$mgus" --time t --event ev --cause 1 --covariates sx,age
json "Fine and Gray" '.estimates["coef.sx"] * 1e6 | round' -260038
run finegray --data "$mgus" --time t --event ev --cause 9 --covariates sx,age
like "of a cause that nobody had" 'nobody had the event' "$out"
run cox --data "$mgus" --time t --event ev --cause 2 --covariates age
is "a hazard of one cause" 0 $ended

run logistic --data "$oracles/G09_logistic_in_endometrial.csv" --outcome HG --covariates NV,PI,EH
json "separation is named" '.not_estimable["coef.NV"]' "separation: its coefficient is infinite; --firth estimates it"
run logistic --data "$oracles/G09_logistic_in_endometrial.csv" --outcome HG --covariates NV,PI,EH --firth
near "and Firth's estimate is finite" pl_hi.NV G09_logistic endometrial.firth.pl_hi.NV

run lmm --data "$oracles/G10_lmm_in_sleepstudy.csv" --outcome Reaction --subject Subject --covariates Days
near "a mixed model" kr_df.Days G10_lmm sleepstudy_int.reml.kr_df.Days
near "its likelihood" loglik G10_lmm sleepstudy_int.reml.loglik
run lmm --data "$oracles/G10_lmm_in_sleepstudy.csv" --outcome Reaction --subject Subject --covariates Days --slope Days --contrast Days=2
json "slopes of their own have 17 degrees of freedom" '.estimates["contrast.satterthwaite_df"] * 1e6 | round' 17000000
run mmrm --data "$oracles/G11_mmrm_in_map.csv" --outcome map --subject id --visit visit --covariates base --group grp
near "visits that vary together" loglik G11_mmrm map.reml_loglik
like "the effect at each visit" '"effect.grp.5.kr_df"' "$out"
run mmrm --data "$oracles/G11_mmrm_in_map.csv" --outcome map --subject grp --visit visit
like "a visit twice in a subject" 'a subject has a visit twice' "$out"
run gee --data "$scratch/clusters.csv" --outcome y --cluster c --covariates x
is "a missing file could not be done either" 1 $ended
printf 'y,x,c\n1,1,a\n0,2,a\n1,2,b\n0,1,b\n1,3,c\n0,1,c\n1,2,d\n1,3,d\n' >"$scratch/clusters.csv"
run gee --data "$scratch/clusters.csv" --outcome y --cluster c --covariates x --correlation independence
json "clusters" '.inputs.clusters' 4
run gee --data "$scratch/clusters.csv" --outcome x --cluster c --covariates y
is "an outcome that is neither 1 nor 0 is refused" 3 $ended

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

plan simulate --n 60 --hazard 0.1 --hazard-ratio 0.5 --accrual 5 --follow-up 10 --trials 500 --threads 1
one=$out
plan simulate --n 60 --hazard 0.1 --hazard-ratio 0.5 --accrual 5 --follow-up 10 --trials 500 --threads 5
is "trials on five threads are those on one" "$one" "$out"
plan simulate --n 60 --hazard 0.1 --hazard-ratio 1 --follow-up 10 --boundary pocock --looks 2 --trials 500
json "a boundary has its looks" '.estimates["looked.1"]' 1
plan simulate --n 60 --hazard 0 --hazard-ratio 1 --follow-up 10
is "and no hazard is wrong usage" 2 $ended
plan simulate --n 100000 --hazard 1 --hazard-ratio 1 --follow-up 10 --trials 10000000
like "so is what would take days" 'take too long' "$err"

printf 'x,"y,\nz"\n1,"a ""b""\nc, d"\n"2","e"\n3,\n' >"$scratch/quoted.csv"
run summary --data "$scratch/quoted.csv" --column x
json "quoted fields hold commas, line ends and quotation marks" '[.inputs.n, .estimates.mean]|join(" ")' "3 2"
printf 'time,event,g\n' >"$scratch/header.csv"
run km --data "$scratch/header.csv" --time time --event event
json "a header alone has nobody" '[.inputs.n, .not_estimable.q50]|join(" ")' "0 there is nobody to follow"
printf 'y,x\n0,1\n0,2\n0,3\n1,4\n1,5\n1,6\n' >"$scratch/apart.csv"
run logistic --data "$scratch/apart.csv" --outcome y --covariates x
like "where all are told apart nothing is finite" '"coef.\(Intercept\)":"separation' "$out"

# Every method on what has no events, one group, one row, no spread, or nothing but gaps: it says
# what it can, names the rest, and never prints what is no number.
head='time,event,start,g,s,x,y,z,c,v,ev'
printf '%s\n5,0,0,a,1,1,0,3.5,p,1,0\n8,0,2,b,2,2,0,2.5,p,2,0\n12,0,4,b,2,3,0,1.5,q,1,0\n' $head >"$scratch/odd-none.csv"
printf '%s\n5,1,0,a,1,1,0,3.5,p,1,1\n8,0,2,a,1,2,1,2.5,p,2,0\n12,1,4,a,2,3,1,1.5,p,3,2\n' $head >"$scratch/odd-group.csv"
printf '%s\n5,1,0,a,1,1,1,3.5,p,1,1\n' $head >"$scratch/odd-row.csv"
printf '%s\n5,1,0,a,1,1,1,3,p,1,1\n5,1,0,b,1,1,1,3,q,1,1\n5,1,0,a,1,1,1,3,r,1,1\n' $head >"$scratch/odd-same.csv"
printf '%s\n0,1,0,a,1,1e300,0,1e-300,p,1,1\n1e300,0,0,b,2,-1e300,1,1e300,p,2,2\n1e-300,1,0,a,1,0,1,0,q,1,1\n' $head >"$scratch/odd-large.csv"
printf '%s\nNA,1,0,a,1,,0,NA,p,1,1\n2,NA,0,,1,2,,2,p,2,1\n' $head >"$scratch/odd-gaps.csv"
followed="--time time --event event"
faults=
for data in "$scratch"/odd-*.csv; do
    while read -r method arguments; do
        # shellcheck disable=SC2086
        out=$(timeout 20 "$osteon" stats "$method" --data "$data" $arguments 2>/dev/null)
        ended=$?
        [ $ended -le 3 ] && ! grep -qiE ':-?(nan|inf)' <<<"$out" && { [ $ended -gt 0 ] || jq -e .method <<<"$out" >/dev/null; } ||
            faults="$faults $(basename "$data") $method ($ended)"
    done <<EOF
km $followed --group g --at 0,5 --rmst 5 --ci plain
km $followed --start start --at 3 --landmark 1
logrank $followed --group g --strata s --rho 1
cox $followed --covariates x,z,y --at 3 --predict x=1,z=1,y=0 --robust --residuals
cox $followed --covariates x,x,z --ties breslow --strata s --transform log
cuminc --time time --event ev --group g --at 5
gray --time time --event ev --group c --strata s
finegray --time time --event ev --covariates x,z
logistic --outcome y --covariates x,z --profile
logistic --outcome y --covariates x,z,time --firth
lmm --outcome z --subject c --covariates x --slope v
mmrm --outcome z --subject c --visit v --group g
gee --outcome y --cluster c --covariates x
gee --outcome v --cluster c --covariates x --family poisson --exposure time
summary --column z
table2x2 --event y --group g
mantel-haenszel --event y --group g --strata s
mcnemar --x y --y event
paired --x x --y z
twosample --x x --y z
signed-rank --x x --y z
rank-sum --x x --y z --method exact
kruskal --column z --group c
correlation --x x --y z
adjust --column y
EOF
done
is "no method fails on what it cannot estimate" "" "$faults"
run gray --data "$scratch/odd-none.csv" --time time --event ev --group g
json "no cause is named" '.not_estimable.gray' "nobody had an event of any cause"

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
