#!/usr/bin/env bash
# The data as CDISC ODM 1.3.2 and 2.0, snapshot and history: valid by CDISC's own schemas with xmllint and with the
# JDK, which also looks at IDs; what they say is compared by a program that knows nothing of ours.
. "$(dirname "$0")/support/harness.bash"
standards=$root/../shared/standards

skips() { # NAME WHY
    test_count=$((test_count + 1))
    echo "ok $test_count - $1 # SKIP $2"
}

"$osteon" demo "$folder" --participants 3 --seed 5 >/dev/null 2>"$scratch/err"
is "makes a demo" 0 $?
files=()
for format in odm1 odm; do
    for kind in "" --transactional; do
        file=$scratch/$format$kind.xml
        # shellcheck disable=SC2086 # an option or nothing
        "$osteon" export "$folder" "$format" $kind --out "$file" >/dev/null 2>"$scratch/err"
        is "exports $format $kind" 0 $?
        files+=("$file")
    done
done
"$osteon" export "$folder" odm --out "$scratch/again.xml" --as-of "$(sed -n 's/.*; cut \([0-9]*\);.*/\1/p' "$scratch/odm.xml")" >/dev/null 2>"$scratch/err"
cmp -s "$scratch/odm.xml" "$scratch/again.xml"
is "the same cut gives the same bytes" 0 $?

schema() { # FORMAT
    if [ "$1" = odm ]; then echo "$standards/odm/v2.0/ODM.xsd"; else echo "$standards/odm/v1.3.2/ODM1-3-2.xsd"; fi
}
for format in odm1 odm; do
    told=$(xmllint --nonet --noout --schema "$(schema $format)" "$scratch/$format.xml" "$scratch/$format--transactional.xml" 2>&1)
    is "xmllint finds $format valid" 0 $? "$told"
done
if command -v javac >/dev/null && command -v java >/dev/null; then
    javac -d "$scratch" "$standards/tools/V.java" >"$scratch/told" 2>&1
    for format in odm1 odm; do
        java -cp "$scratch" V "$(schema $format)" "$scratch/$format.xml" "$scratch/$format--transactional.xml" >"$scratch/told" 2>&1
        is "the JDK finds $format valid" 0 $?
        isnt "and says nothing of an error" 0 "$(grep -civ error "$scratch/told")"
    done
    sed 's/TransactionType="Insert"/TransactionType="Perhaps"/' "$scratch/odm1--transactional.xml" >"$scratch/faulty.xml"
    java -cp "$scratch" V "$(schema odm1)" "$scratch/faulty.xml" >"$scratch/told" 2>&1
    like "and would see a fault" 'Perhaps' "$(cat "$scratch/told")"
else
    skips "the JDK finds them valid" "javac is not installed"
fi

python=$(command -v python3) || give_up "python3 is installed" "it is not"
another python "$python" test/e2e/support/export_odm.py "$scratch/odm1.xml" "$scratch/odm.xml" "$scratch/odm1--transactional.xml" \
    "$scratch/odm--transactional.xml" "$folder/osteon.db"

"$osteon" init "$scratch/copy" --study "$scratch/odm1.xml" --password-file "$scratch/password" >/dev/null 2>"$scratch/err"
is "the design of the 1.3.2 file begins a study" 0 $?
"$osteon" init "$scratch/copy2" --study "$scratch/odm.xml" --password-file "$scratch/password" >/dev/null 2>"$scratch/err"
is "that of the 2.0 file too" 0 $?
finish
