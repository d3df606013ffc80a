"""export_odm.py SNAPSHOT1 SNAPSHOT2 HISTORY1 HISTORY2 DATABASE: four ODM files of one folder by Python's own XML.

They say the same, item by item, and as many answers as the database has; the changes of a history, applied in
order, give the snapshot; every OID that is named is defined; the trailer tells the hash of what stands before it.
"""
import hashlib
import re
import sqlite3
import sys
import xml.etree.ElementTree as ET

failed = False


def expect(name, holds):
    global failed
    failed = failed or not holds
    print("ok " + name if holds else "not ok " + name)


def local(element):
    return element.tag.rsplit("}", 1)[-1]


def children(element, *names):
    return [child for child in element if local(child) in names]


def answer(item):
    """(value, reason, words); several codes of 2.0 as 1.3.2 has them."""
    flags = {local(f): f.text for a in children(item, "Annotation") for flag in children(a, "Flag") for f in flag}
    words = "".join(t for a in children(item, "Annotation") for c in children(a, "Comment") for t in c.itertext())
    values = [v.text or "" for v in children(item, "Value")]
    value = item.get("Value") if "Value" in item.attrib else " ".join(values) if values else None
    return value, flags.get("FlagValue") if item.get("IsNull") else None, words


def read(path):
    """{place: answer} after all changes; the audit records; the root."""
    root = ET.parse(path).getroot()
    found, audits = {}, []
    for subject in (s for data in children(root, "ClinicalData") for s in children(data, "SubjectData")):
        for event in children(subject, "StudyEventData"):
            for form in children(event, "FormData", "ItemGroupData"):
                for group in children(form, "ItemGroupData"):
                    for item in children(group, "ItemData"):
                        place = (
                            subject.get("SubjectKey"),
                            event.get("StudyEventOID"), event.get("StudyEventRepeatKey"),
                            form.get("FormOID") or form.get("ItemGroupOID"),
                            form.get("FormRepeatKey") or (form.get("ItemGroupRepeatKey") if local(form) != "FormData" else None),
                            group.get("ItemGroupOID"), group.get("ItemGroupRepeatKey"), item.get("ItemOID"),
                        )
                        kind = item.get("TransactionType")
                        if kind:
                            audit = children(item, "AuditRecord")[0]
                            record = {local(part): part for part in audit}
                            audits.append((place, kind, record["UserRef"].get("UserOID"), record["DateTimeStamp"].text,
                                           record["ReasonForChange"].text if "ReasonForChange" in record else None,
                                           record["SourceID"].text))
                        if kind == "Remove":
                            found.pop(place, None)
                        else:
                            found[place] = answer(item)
    return found, audits, root


def dangling(root):
    """OIDs that are named but not defined, by kind of name."""
    defined = {}
    for element in root.iter():
        name = local(element)
        if "OID" in element.attrib and name not in ("ODM", "Query"):
            defined.setdefault("ItemGroupDef" if name == "FormDef" else name, set()).add(element.get("OID"))
    wanted = {
        "StudyEventOID": "StudyEventDef", "FormOID": "ItemGroupDef", "ItemGroupOID": "ItemGroupDef", "ItemOID": "ItemDef",
        "CodeListOID": "CodeList", "UserOID": "User", "LocationOID": "Location", "MeasurementUnitOID": "MeasurementUnit",
        "MetaDataVersionOID": "MetaDataVersion", "CollectionExceptionConditionOID": "ConditionDef",
    }
    return {
        (attribute, value)
        for element in root.iter()
        for attribute, value in element.attrib.items()
        if attribute in wanted and value not in defined.get(wanted[attribute], set())
    }


def conditions(root):
    """What is left out on a condition: events, forms and items, each with the condition's OID."""
    return {
        (element.get(attribute), element.get("CollectionExceptionConditionOID"))
        for element in root.iter()
        for attribute in ("StudyEventOID", "FormOID", "ItemGroupOID", "ItemOID")
        if "CollectionExceptionConditionOID" in element.attrib and attribute in element.attrib
    }


files = sys.argv[1:5]
(one, _, root1), (two, _, root2) = read(files[0]), read(files[1])
(told1, audit1, h1), (told2, audit2, h2) = read(files[2]), read(files[3])
expect("1.3.2 and 2.0 say the same (%d, %d)" % (len(one), len(two)), one == two and len(one) > 1000)
both = conditions(root1)
expect("both have the same conditions (%d)" % len(both), both == conditions(root2) and len(both) > 50)
expect("of events, forms and items alike", {oid.split(".")[0] for oid, _ in both} == {"SE", "F", "I"})
expect("the history of 1.3.2, applied in order, is the snapshot", told1 == one)
expect("that of 2.0 too", told2 == two)
expect("both have the same audit records (%d)" % len(audit1), audit1 == audit2 and len(audit1) >= len(one))
expect("each with a time and its offset", all(re.search(r"T.*(Z|[+-]\d\d:\d\d)$", a[3]) for a in audit1))
silent = [a for a in audit1 if a[1] == "Update" and not a[4]]
expect("an update has a reason %s" % silent[:2], not silent and any(a[1] == "Update" for a in audit1))
for path, root in zip(files, (root1, root2, h1, h2)):
    expect("no OID dangles in %s (%s)" % (root.get("ODMVersion") + root.get("FileType"), sorted(dangling(root))[:3]), not dangling(root))
    raw = open(path, "rb").read()
    at = raw.rindex(b"<!-- osteon:")
    expect("its trailer tells the hash of all before it", hashlib.sha256(raw[:at]).hexdigest().encode() in raw[at:])
    expect("it says SYNTHETIC", "SYNTHETIC" in root.get("FileOID") and "SYNTHETIC" in root.get("Originator"))
    expect("it has no date of birth", not any(place[-1] == "I.SCR.BRTHDT" for place in one))

connection = sqlite3.connect("file:%s?mode=ro" % sys.argv[5], uri=True)
hidden = ["I.SCR.BRTHDT", "I.SCR.PROVBED"]
stored = connection.execute(
    "SELECT count(*) FROM item_value v JOIN oid_number o ON o.id = v.item JOIN form_instance f ON f.id = v.form"
    " JOIN participant p ON p.id = f.participant WHERE (v.value IS NOT NULL OR v.missing BETWEEN 1 AND 6)"
    " AND NOT (p.state = 'NOT_ATTACHED' OR (p.state = 'PROVISIONAL' AND p.attached_to IS NULL))"
    # Readings of images that two readers have not signed are sealed.
    " AND NOT ((o.oid = 'I.IM.READER' OR o.oid LIKE 'I.IM.RD%')"
    " AND (SELECT count(DISTINCT s.account) FROM signature s WHERE s.form = f.id AND s.meaning = 'READ_MADE') < 2)"
    " AND o.oid NOT IN (?, ?)", hidden).fetchone()[0]
expect("as many answers as the database has (%d)" % stored, stored == len(one))
queries = connection.execute("SELECT count(*) FROM query").fetchone()[0]
counts = [sum(1 for e in r.iter() if local(e) == "Query") for r in (root2, h2)]
flags = [sum(1 for e in r.iter() if local(e) == "FlagType" and e.text == "QUERY") for r in (root1, h1)]
expect("every query is in every file (%d)" % queries, set(counts + flags) == {queries})
sys.exit(1 if failed else 0)
