#!/usr/bin/env bash
# The demo as a whole program: a folder that verifies, a link for each role that signs in,
# SYNTHETIC and the simulated time at the door, at the API and in the export.
. "$(dirname "$0")/support/harness.bash"

"$osteon" demo "$folder" --participants 3 --seed 5 >"$scratch/links" 2>"$scratch/err"
is "makes a demo" 0 $?
like "and says what it made" 'SYNTHETIC cohort: 3 enrolled of [0-9]+ screened' "$(cat "$scratch/err")"
is "with a link for each of the sixteen roles" 16 "$(grep -c '/#/link/' "$scratch/links")"
like "the principal investigator's first" '^PI +pi +http' "$(sed -n 2p "$scratch/links")"
"$osteon" verify "$folder" >"$scratch/verify" 2>&1
is "it verifies" 0 $?
"$osteon" demo "$folder" >/dev/null 2>"$scratch/err"
is "a folder that is there is not filled again" 1 $?
"$osteon" demo "$scratch/other" --participants 0 >/dev/null 2>&1
is "a cohort of nobody is wrong usage" 2 $?
[ ! -e "$scratch/other" ]
is "and leaves no folder" 0 $?

"$osteon" export "$folder" log --out "$scratch/log" 2>/dev/null
is "the export begins with SYNTHETIC" SYNTHETIC "$(head -n 1 "$scratch/log" | jq -r .data)"
like "and the simulated time" '^2027-10-20T00:' "$(head -n 1 "$scratch/log" | jq -r .simulated_now)"

serve
request - GET /api/health
says "the door says that it is synthetic" .synthetic true
like "and its time" '2027-10-20T00:' "$(printf '%s' "$body" | jq -r .now)"
"$osteon" demo "$folder" links >"$scratch/links" 2>/dev/null
is "new links while it is served" 0 $?
token=$(awk '$1 == "PI" {print $3}' "$scratch/links" | sed 's|.*/#/link/||')
status=$(curl -s -o "$scratch/body" -w '%{http_code}' -c "$scratch/pi.jar" -H 'Content-Type: application/json' \
    "$address/api/login/link" --data "$(jq -nc --arg t "$token" --arg p "$password" '{token:$t,password:$p}')")
is "the principal investigator signs in" 200 "$status"
jq -r .csrf <"$scratch/body" >"$scratch/pi.csrf"
request pi GET /api/study
says "the study says that it is synthetic" .synthetic true
request pi GET '/api/participants?state=ENROLLED'
says "three are enrolled" '.participants|length' 3

# What the overview counts, counted once more from the tables, without the program.
sql() { sqlite3 -readonly "file:$folder/osteon.db?mode=ro" "$1"; }
answers='SELECT f.participant AS person, f.form_repeat AS repeat, o.oid AS item, v.value AS value
    FROM item_value v JOIN form_instance f ON f.id = v.form JOIN oid_number o ON o.id = v.item'
request pi GET /api/overview
says "the overview counts the enrolled" .enrolment.enrolled "$(sql "SELECT count(*) FROM participant WHERE subject_number IS NOT NULL")"
says "those screened" .screening.screened "$(sql 'SELECT count(*) FROM participant WHERE screening_number IS NOT NULL')"
says "successes at the first attempt" .first_attempt.events \
    "$(sql "SELECT count(*) FROM ($answers) WHERE item = 'I.IO.FPASS' AND value = 'Y' AND repeat = 1")"
says "deaths within 90 days" .survival.events "$(sql "SELECT count(*) FROM ($answers) d JOIN ($answers) e ON e.person = d.person
    WHERE d.item = 'I.DTH.DTHDTM' AND e.item = 'I.DM.ENRDTM' AND julianday(d.value) - julianday(e.value) <= 90")"
says "the median time to access, in seconds" '.access.median * 60 | round' \
    "$(sql "WITH t AS (SELECT CAST(value AS REAL) AS s FROM ($answers) WHERE item = 'I.IO.TACC' AND repeat = 1)
        SELECT CAST(round(avg(s)) AS INTEGER) FROM (SELECT s FROM t ORDER BY s
        LIMIT 2 - (SELECT count(*) FROM t) % 2 OFFSET (SELECT (count(*) - 1) / 2 FROM t))")"
says "and fields that are answered" '[.completeness[].answered] | add' "$(sql 'SELECT sum(answered) FROM form_instance')"

# Visits missed, by the specification's section 4: M5 to H72 count from the first puncture of those who have a needle, the days
# and the end of study of all; nothing that closes after a death is asked for but the end of study (hours; then what is asked).
says "visits missed: over, nothing begun, and something to collect" '.attention[] | select(.need == "missed") | .count' \
    "$(sql "WITH a AS (SELECT f.participant AS person, f.event_repeat AS time, o.oid AS item, v.value AS value
            FROM item_value v JOIN form_instance f ON f.id = v.form JOIN oid_number o ON o.id = v.item),
        t AS (SELECT person, min(julianday(value)) AS t0 FROM a WHERE item = 'I.IO.PUNDTM' GROUP BY person),
        visit(event, closes, wants) AS (VALUES ('SE.M5', 7/60.0, 'needle'), ('SE.M15', 20/60.0, 'needle'), ('SE.M30', 35/60.0, 'needle'),
            ('SE.H1', 70/60.0, 'needle'), ('SE.H2', 2.25, 'needle'), ('SE.H4', 4.5, 'needle'), ('SE.H6', 6.5, 'needle'),
            ('SE.H12', 13, 'needle'), ('SE.H24', 26, 'needle'), ('SE.H48', 52, 'needle'), ('SE.H72', 78, 'needle'),
            ('SE.D7', 8*24, ''), ('SE.D28', 31*24, ''), ('SE.D90', 97*24, ''), ('SE.EOS', 97*24, 'end')),
        due AS (SELECT t.person, event, 1 AS time, t0 + closes/24 AS closes, wants FROM t, visit
            UNION ALL SELECT person, 'SE.RM24', time, julianday(value) + 30/24.0, '' FROM a WHERE item = 'I.REM.REMDTM')
        SELECT count(*) FROM due d WHERE closes < julianday('$(printf '%s' "$body" | jq -r .now)')
        AND (wants <> 'needle' OR EXISTS (SELECT 1 FROM a WHERE a.person = d.person AND item = 'I.IO.ATTRES' AND value = 'SUC'))
        AND (wants = 'end' OR NOT EXISTS (SELECT 1 FROM a WHERE a.person = d.person AND item = 'I.DTH.DTHDTM' AND julianday(value) < closes))
        AND NOT EXISTS (SELECT 1 FROM form_instance f JOIN oid_number o ON o.id = f.event
            WHERE f.participant = d.person AND o.oid = d.event AND f.event_repeat = d.time)")"

"$osteon" demo "$folder" links >"$scratch/links" 2>/dev/null
like "who has signed in gets no link" '^PI +pi +has signed in' "$(grep '^PI' "$scratch/links")"
stop

mv "$folder" "$scratch/demo"
folder_make
"$osteon" demo "$folder" links >/dev/null 2>"$scratch/err"
is "a real study has no demo's links" 3 $?
like "and the sentence says so" 'real study' "$(cat "$scratch/err")"
isnt "a real export says nothing of SYNTHETIC" SYNTHETIC "$("$osteon" export "$folder" log --out - 2>/dev/null | head -n 1 | jq -r .data)"
finish
