#!/usr/bin/env bash
# The audit trail as a table: by the command line, served and not, and counted by a program
# that is not ours.
. "$(dirname "$0")/support/harness.bash"

"$osteon" demo "$folder" --participants 2 --seed 5 >/dev/null 2>"$scratch/err"
is "makes a demo" 0 $?
"$osteon" export "$folder" audit --out "$scratch/all.csv" >/dev/null 2>"$scratch/err"
is "exports the audit trail" 0 $?
like "and says how much and of which cut" 'SYNTHETIC\. Data cut: event [0-9]+\. [0-9]+ events\.' "$(cat "$scratch/err")"
cut=$(sed -n 's/.*Data cut: event \([0-9]*\).*/\1/p' "$scratch/err")
"$osteon" export "$folder" audit --out "$scratch/all.csv" >/dev/null 2>&1
is "what is there is not written over" 3 $?
serve
"$osteon" export "$folder" audit --out "$scratch/served.csv" --as-of "$cut" >/dev/null 2>"$scratch/err"
is "exports while serving, as of the first cut" 0 $?
is "and gives the same bytes" "" "$(cmp "$scratch/all.csv" "$scratch/served.csv" 2>&1)"
"$osteon" export "$folder" audit --out "$scratch/some.csv" --kind EXPORTED >/dev/null 2>"$scratch/err"
is "exports one kind" 0 $?
"$osteon" export "$folder" audit --out "$scratch/none.csv" --from yesterday >/dev/null 2>"$scratch/err"
is "a time that is none is refused" 3 $?
is "and leaves nothing" "" "$(ls "$scratch" | grep none)"
stop
"$osteon" export "$folder" log --out "$scratch/log" 2>/dev/null
is "the log has each export" 3 "$(grep -c '"EXPORTED"' "$scratch/log")"
like "with the filter" 'audit, kind EXPORTED' "$(grep '"EXPORTED"' "$scratch/log" | tail -n 1)"
python=$(command -v python3) || give_up "python3 is installed" "it is not"
"$python" - "$scratch/all.csv" "$scratch/some.csv" "$cut" >"$scratch/told" 2>&1 <<'PYTHON'
import csv, hashlib, re, sys
from datetime import datetime

def table(path):
    raw = open(path, "rb").read()
    rows = list(csv.DictReader(raw.decode("utf-8").split("\r\n")[:-1]))
    end = rows.pop()
    assert end["kind"] == "END", end
    before = raw[: raw.rstrip(b"\r\n").rindex(b"\r\n") + 2]
    assert hashlib.sha256(before).hexdigest() in end["summary"], "the hash does not fit"
    assert f"events {len(rows)};" in end["summary"], end
    return rows

rows, cut = table(sys.argv[1]), int(sys.argv[3])
assert [int(row["number"]) for row in rows] == list(range(1, cut + 1)), "an event is missing"
for row in rows:
    assert row["data_origin"] == "SYNTHETIC"
    server = datetime.fromisoformat(row["server_time"])
    assert server.utcoffset() is not None and server.strftime("%Y-%m-%d %H:%M:%S") == row["local_time"], row
    assert not re.match(r"[=+\-@\t\r]", row["device"] + row["summary"]) , row
    assert bool(row["user"]) or not row["role"], row
assert sum(row["kind"] == "VALUES_SAVED" and row["role"] != "" for row in rows) > 10
only = table(sys.argv[2])
assert len(only) == 2 and all(row["kind"] == "EXPORTED" for row in only), only
print("all is right")
PYTHON
is "python reads every event once, with its times, and finds the hash right" "all is right" "$(cat "$scratch/told")"
finish
