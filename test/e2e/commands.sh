#!/usr/bin/env bash
# The rules that hold for every command: results on standard output, the rest on standard
# error, exit statuses, the nearest name.
. "$(dirname "$0")/support/harness.bash"

run() { # ARGUMENT…: sets $out, $err, $ended
    out=$("$osteon" "$@" 2>"$scratch/err")
    ended=$?
    err=$(cat "$scratch/err")
}

run
is "no command lists them" 0 $ended
like "on standard output" 'osteon|serve DIR' "$out"
for name in init serve user permissions verify checkpoint backup restore erase export demo doctor openapi compliance stats help version; do
    run help "$name"
    is "help $name" 0 $ended
    like "help $name says how" "^osteon $name" "$out"
done
run frobnicate
is "an unknown command is wrong usage" 2 $ended
is "with nothing on standard output" "" "$out"
run sevre "$folder"
like "and the nearest name" 'did you mean osteon serve\?' "$err"
run help sevre
is "help for an unknown command too" 2 $ended
run user "$folder" ad anna
like "an unknown verb names the nearest" 'did you mean add\?' "$err"
run user "$folder" list --role RN
is "an option of another verb is wrong usage" 2 $ended
run verify
is "a missing folder is wrong usage" 2 $ended
like "and the usage is shown" 'osteon verify DIR' "$err"
run verify "$folder" extra
is "a word too many is wrong usage" 2 $ended
run verify "$scratch/nowhere"
is "a folder that is not there could not be done" 1 $ended
like "and is named" nowhere "$err"
run serve "$folder" --tls cert.pem
is "a certificate without its key is wrong usage" 2 $ended
like "with a plain sentence" 'two files: --tls CERT,KEY' "$err"
run serve "$folder" --trust 127.0.0.1:0
is "the page of trust without an authority of ours too" 2 $ended
run serve "$folder" --hl7-tls cert.pem,key.pem
is "and TLS for feeds that nobody listens for" 2 $ended
run version
like "version" '^osteon [0-9]+\.[0-9]+\.[0-9]+$' "$out"

run compliance
is "the statements of regulation are printed with the tests that show them" "$(grep -oE '^- [ASCR][0-9] ' ../shared/design/standards.md |
    tr -d ' -' | sort)" "$(printf '%s' "$out" | sed -n 's/^## \([A-Z][0-9]\):.*/\1/p' | sort)"
is "and the manual has this print" "$(cat doc/compliance.md)" "$out"
sed -n 's/^    \(test\/.*\)/passed \1/p' test/compliance/statements.txt >"$scratch/results"
run compliance --json --results "$scratch/results"
is "with all of them passed, they are shown" "0 shown|shown|shown" \
    "$ended $(printf '%s' "$out" | jq -r '[.[]|select(.statement|IN("A8","C2","A7"))|.state]|sort_by(length)|join("|")')"
sed -i '/a_device_with_a_clock_ahead/s/passed/failed/; /a_failure_is_on_the_log/d' "$scratch/results"
run compliance --json --results "$scratch/results"
is "one that failed, or was not there, is said" "1 A4 A5" \
    "$ended $(printf '%s' "$out" | jq -r '[.[]|select(.state=="failed")|.statement]|join(" ")')"
mkdir -p "$scratch/ran/results-unit"
printf 'A1 | x | y\n    test/a/test_b.c: holds\n    test/a/test_b.c: breaks\n    test/a/test_b.c: gone\n    test/a/test_b.c: left\n' >"$scratch/table"
printf 'ok 1 - holds\nnot ok 2 - breaks\nok 3 - left # SKIP\n1..3\n' >"$scratch/ran/results-unit/test-a-test_b.tap"
told=$(tools/compliance.sh "$scratch/ran" "$scratch/table")
is "a named test that failed, is gone or was left out is found" "1 1 3" "$? $(grep -c '^ok' <<<"$told") $(grep -c '^not ok' <<<"$told")"

run permissions --json
is "the matrix as JSON" 101 "$(printf '%s' "$out" | jq '.permissions|length')"
is "the same as the specification's" "" "$(diff \
    <(printf '%s' "$out" | jq -S '.permissions|map({(.name):.roles})|add') \
    <(jq -S '.roles.permissions' ../shared/protocol/ecrf.json))"
run permissions
is "and as a table: each act a line" 101 "$(printf '%s\n' "$out" | awk '{ n = 0; for (i = NF - 15; i <= NF && NF > 16; i++) n += $i ~ /^[sat.]$/ } n == 16' | wc -l)"
run openapi
is "the API as OpenAPI" 3.1.0 "$(printf '%s' "$out" | jq -r .openapi)"

run init "$folder" --study "$scratch/none.xml"
is "a study that is not there could not be done" 1 $ended
[ ! -e "$folder" ]
is "and leaves no folder" 0 $?
printf '<ODM' >"$scratch/bad.xml"
run init "$folder" --study "$scratch/bad.xml"
is "a malformed study is input refused" 3 $ended
like "with line and column" '[0-9]+:[0-9]+' "$err"
[ ! -e "$folder" ]
is "and leaves no folder either" 0 $?
run init "$folder"
is "init" 0 $ended
like "prints the link on standard output, alone" '^http[^ ]*$' "$out"
run init "$folder"
is "a folder that is there is not made again" 1 $ended
run user "$folder" add anna
is "a user without a role is wrong usage" 2 $ended
run user "$folder" add anna --role XX
is "a role that is none is wrong usage" 2 $ended
run user "$folder" add monika --role MON --role CRC
is "roles that do not go together are refused" 3 $ended
run user "$folder" add anna --role RN --json
is "a user as JSON" RN "$(printf '%s' "$out" | jq -r '.user.roles[0].role')"
like "with the link" '/#/link/' "$(printf '%s' "$out" | jq -r .link)"
run user "$folder" list --json
is "the users as JSON" "admin anna" "$(printf '%s' "$out" | jq -r '[.users[].name]|sort|join(" ")')"
run user "$folder" disable nobody --reason SYNTHETIC
is "a user who is not there" 1 $ended
run user "$folder" disable admin --reason SYNTHETIC
is "the last administrator stays" 3 $ended
run user "$folder" link anna
is "a new link for who has not signed in" 0 $ended
run verify "$folder" --json
is "verify as JSON" 0 $ended
is "is JSON" object "$(printf '%s' "$out" | jq -r type)"
run doctor "$folder" --json
is "doctor as JSON names the libraries" true "$(printf '%s' "$out" | jq '[.findings[].what]|index("SQLite")!=null')"
run doctor "$scratch/nowhere"
is "doctor of nothing says what to do" 1 $ended
like "a line" '^do: +folder' "$out"
chmod 755 "$folder"
run doctor "$folder"
like "doctor sees open doors" "^do: +folder's permissions.*chmod 700" "$out"
finish
