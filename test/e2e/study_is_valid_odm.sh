#!/bin/sh
# The built-in study is valid ODM 2.0 by CDISC's own schema, which lies beside the
# checkout. A study that is not must be seen: a copy with a fault has to fail.
set -u
schema=../shared/standards/odm/v2.0/ODM.xsd
study=studies/io-hematology/study.xml
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

validate() {
    xmllint --nonet --noout --schema "$schema" "$1" 2>&1
}

echo 1..2
[ -r "$schema" ] || echo "# $schema is missing"

if told=$(validate "$study"); then
    echo "ok 1 - the built-in study is valid by CDISC's schema"
else
    echo "not ok 1 - the built-in study is valid by CDISC's schema"
    echo "$told" | sed 's/^/# /'
fi

sed 's/SoftHard="Hard"/SoftHard="Stone"/' "$study" >"$folder/faulty.xml"
if told=$(validate "$folder/faulty.xml") || ! echo "$told" | grep -q SoftHard; then
    echo "not ok 2 - a fault in the study is seen"
else
    echo "ok 2 - a fault in the study is seen"
fi
