#!/usr/bin/env bash
# same_bits.sh PROGRAM OTHER: runs methods of statistics by two builds of the program, wide
# registers and plain ones, and compares every digit. The data are SYNTHETIC, with ties, late
# entries, strata and clusters; long enough for sums in blocks.
set -euo pipefail
one=$1 other=$2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
awk 'BEGIN {
    srand(1)
    print "time,event,start,group,stratum,cluster,cause,x,z,w,y,visit"
    for (i = 0; i < 3000; i++) {
        time = int(-30 * log(1 - rand())) + (i % 3 ? rand() : 0) + 1
        event = rand() < 0.7
        printf "%.6f,%d,%.6f,%s,%d,%d,%d,%.9f,%.9f,%d,%d,%d\n", time, event, time * rand() / 2,
            rand() < 0.4 ? "a" : "b", int(rand() * 3), int(i / 4), event ? 1 + (rand() < 0.5) : 0,
            rand() + rand() - 1, rand() * 10, rand() < 0.3, rand() < 0.5, i % 4
    }
}' >"$folder/data.csv"
failed=0 count=0
same() { # ARGUMENT…
    count=$((count + 1))
    "$one" stats "$@" >"$folder/one" 2>&1 || true
    "$other" stats "$@" >"$folder/other" 2>&1 || true
    grep -q '"estimates"' "$folder/one" && cmp -s "$folder/one" "$folder/other" && return
    failed=$((failed + 1))
    echo "not the same: osteon stats $*"
}
data=(--data "$folder/data.csv")
followed=("${data[@]}" --time time --event event)
same km "${followed[@]}" --group group --at 10,50 --rmst 60
same km "${followed[@]}" --start start --at 10 --ci plain
same logrank "${followed[@]}" --group group --strata stratum --rho 1
for ties in efron breslow; do
    same cox "${followed[@]}" --covariates x,z,w --ties $ties --at 20 --predict x=1,z=2 --cluster cluster
    same cox "${followed[@]}" --covariates x,z --start start --strata stratum --ties $ties --robust
done
same cuminc "${data[@]}" --time time --event cause --group group --at 20
same finegray "${data[@]}" --time time --event cause --covariates x,z,w
same logistic "${data[@]}" --outcome y --covariates x,z,w --profile
same logistic "${data[@]}" --outcome y --covariates x,z,w --firth
same lmm "${data[@]}" --outcome z --subject cluster --covariates x,w
same mmrm "${data[@]}" --outcome z --subject cluster --visit visit --covariates x
same gee "${data[@]}" --outcome y --cluster cluster --covariates x,w
same summary "${data[@]}" --column z --type 6
same signed-rank "${data[@]}" --x x --y z
same rank-sum "${data[@]}" --column z --group group
same kruskal "${data[@]}" --column z --group stratum
same correlation "${data[@]}" --x x --y z
same group-sequential --boundary spend-pocock --looks 4 --power 0.9
same simulate --n 80 --hazard 0.1 --hazard-ratio 0.6 --accrual 5 --follow-up 10 --dropout 0.01 --delay 1 \
    --boundary pocock --looks 3 --trials 2000
echo "$count methods, $failed with other bits"
[ "$failed" -eq 0 ]
