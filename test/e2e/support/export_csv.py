"""export_csv.py FOLDER ZIP DATABASE: the tables by Python's own csv, zipfile and sqlite3, and by load.py."""
import csv
import datetime
import decimal
import os
import sqlite3
import sys
import zipfile

folder, packed, database = sys.argv[1:]
failed = False


def expect(name, holds):
    global failed
    failed = failed or not holds
    print("ok " + name if holds else "not ok " + name)


def rows_of(name):
    with open(os.path.join(folder, name), encoding="utf-8", newline="") as file:
        return list(csv.reader(file, strict=True))


book = [dict(zip(rows_of("codebook.csv")[0], row)) for row in rows_of("codebook.csv")[1:]]
tables = {name: rows_of(name) for name in sorted({item["table"] for item in book})}
expect("every row has as many fields as its header", all(len(row) == len(t[0]) for t in tables.values() for row in t))
expect("each of the sections has a table", len(tables) == len({i["item"].split(".")[0] + i["table"] for i in book}) and len(tables) > 40)
expect("no column name stands twice in a table", all(len(set(map(str.lower, t[0]))) == len(t[0]) for t in tables.values()))
keys = [tuple(row[:9]) for t in tables.values() for row in t[1:]]
expect("the keys name one row of a table", all(len({tuple(r[:9]) for r in t[1:]}) == len(t) - 1 for t in tables.values()))
expect("every row says SYNTHETIC", all(key[1] == "SYNTHETIC" for key in keys))
people = {row[3] for row in rows_of("participants.csv")[1:]}
expect("every row belongs to a participant", all(key[3] in people for key in keys))

# An answer is a value or a reason; what the vault holds is neither in item_value (src/store/schema.h).
given = 0
for table in tables.values():
    for row in table[1:]:
        cells = row[9:]
        given += sum(1 for i in range(0, len(cells), 3) if cells[i] or cells[i + 1])
given += len(rows_of("other_values.csv")) - 1
connection = sqlite3.connect("file:%s?mode=ro" % database, uri=True)
hidden = [item["item"] for item in book if item["left_out"]]
stored = connection.execute(
    "SELECT count(*) FROM item_value v JOIN oid_number o ON o.id = v.item JOIN form_instance f ON f.id = v.form"
    " JOIN participant p ON p.id = f.participant WHERE (v.value IS NOT NULL OR v.missing BETWEEN 1 AND 6)"
    " AND NOT (p.state = 'NOT_ATTACHED' OR (p.state = 'PROVISIONAL' AND p.attached_to IS NULL))"
    # Readings of images that two readers have not signed are sealed.
    " AND NOT ((o.oid = 'I.IM.READER' OR o.oid LIKE 'I.IM.RD%%')"
    " AND (SELECT count(DISTINCT s.account) FROM signature s WHERE s.form = f.id AND s.meaning = 'READ_MADE') < 2)"
    " AND o.oid NOT IN (%s)" % ",".join("?" * len(hidden)), hidden).fetchone()[0]
expect("as many answers as the database has (%d, %d)" % (given, stored), given == stored and given > 1000)
births = {item["item"] for item in book if item["left_out"] == "identity"}
expect("the date of birth is left out", "I.SCR.BRTHDT" in births)

with zipfile.ZipFile(packed) as archive:
    expect("the ZIP file is whole", archive.testzip() is None)
    names = set(archive.namelist())
    expect("and has the same files", names == set(os.listdir(folder)) - {"__pycache__"})
    expect("and the same tables", all(archive.read(n) == open(os.path.join(folder, n), "rb").read() for n in tables))

sys.path.insert(0, folder)
from load import osteon_load  # noqa: E402

study = osteon_load(folder)
kinds = {"integer": int, "decimal": decimal.Decimal, "date": datetime.date, "datetime": datetime.datetime}
wrong = [
    item["item"]
    for item in book
    if item["column"]
    for row in study[item["table"][:-4]]
    if row[item["column"]] is not None
    and not isinstance(row[item["column"]], set if item["multiple"] else kinds.get(item["type"], str))
]
expect("load.py gives each value the type of the codebook", not wrong)
moments = [row["SCRDTM"] for row in study["IG.SCR1"] if row["SCRDTM"]]
expect("times have the offset of the site", moments and all(m.utcoffset() == datetime.timedelta(hours=8) for m in moments))
try:
    import pandas  # noqa: F401
except ImportError:
    print("# pandas is not installed: osteon_frames is not tried")
else:
    from load import osteon_frames

    expect("pandas has the labels as categories", "No" in osteon_frames(folder)["IG.SCR1"]["HVOL"].cat.categories)
sys.exit(1 if failed else 0)
