"""round_trip.py GIVEN EXPORTED [--history] [--by-form]: is all that GIVEN says in EXPORTED? Both are ODM files, 1.x or 2.0.

Knows nothing of the program: it reads both files by Python's own XML. Compared item by item: the current value or the
reason why there is none; with --history every audit record of an item (who, where, when, why, its number in the
source), and those of larger things; signatures and queries always. More than GIVEN says may stand in EXPORTED.
--by-form: an item is known by its form, whatever the group (REDCap's data name other sections than its design).
"""
import collections
import re
import sys
import xml.etree.ElementTree as ET

LEVELS = {"StudyEventData": ("StudyEventOID", "StudyEventRepeatKey"), "FormData": ("FormOID", "FormRepeatKey"),
          "ItemGroupData": ("ItemGroupOID", "ItemGroupRepeatKey")}
ENDED = {"closed", "cancelled", "not applicable"}


def local(element):
    return element.tag.rsplit("}", 1)[-1]


def number(key):
    """A repeat key: 1 where none is said; Rave's "AE[3]" is 3."""
    found = re.search(r"\[(\d+)\]$", key or "1")
    return found.group(1) if found else (key or "1").strip()


def words(element):
    return " ".join("".join(element.itertext()).split())


def first(element, name, attribute=None):
    for child in element.iter():
        if local(child) == name:
            return child.get(attribute) if attribute else words(child)
    return None


def when(text):
    """The same moment in one spelling; what is no moment stays."""
    text = re.sub(r"\.0+(?=Z|[+-]|$)", "", (text or "").replace("+00:00", "Z"))
    return re.sub(r"(\.\d*?)0+(?=Z|[+-]|$)", r"\1", text)


def plain(value):
    """XML Schema spells a truth in two ways (part 2, 3.3.2). Blanks at the ends say nothing."""
    value = (value or "").strip()
    return {"true": "1", "false": "0"}.get(value, value)


def inner(place):
    """Groups may stand in groups: the participant, the event, the form and the innermost group count."""
    return place if len(place) < 8 else place[:5] + place[-3:] if len(place) % 2 == 0 else place[:5] + place[-2:]


def eventless(place):
    """Of a study without events (REDCap) the form stands at the participant."""
    return place[:1] + place[3:]


class Said:
    def __init__(self, path):
        self.values, self.audits, self.signatures, self.queries = {}, collections.Counter(), collections.Counter(), collections.Counter()
        self.logs = collections.Counter()  # OpenClinica's, by participant
        root = ET.parse(path).getroot()
        users = {u.get("OID"): first(u, "LoginName") or first(u, "UserName") or u.get("OID") for u in root.iter() if local(u) == "User"}
        self.user = lambda oid: users.get(oid) or oid
        for data in root.iter():
            if local(data) == "ClinicalData":
                for subject in data:
                    if local(subject) == "SubjectData":
                        self.walk(subject, (subject.get("SubjectKey"),), None)
            elif local(data) == "ReferenceData":
                self.walk(data, ("reference data",), None)

    def record(self, element):
        return (self.user(first(element, "UserRef", "UserOID")), first(element, "LocationRef", "LocationOID"),
                when(first(element, "DateTimeStamp")), first(element, "ReasonForChange"), first(element, "SourceID"))

    def walk(self, element, place, kind):
        kind = element.get("TransactionType") or kind
        for child in element:
            name = local(child)
            if name in LEVELS:
                oid, key = LEVELS[name]
                repeat = number(child.get(key))
                self.walk(child, place + (child.get(oid), repeat), kind)
            elif name.startswith("ItemData"):
                self.item(child, place, kind)
            else:
                self.statement(child, place)

    def item(self, item, place, kind):
        kind = item.get("TransactionType") or kind
        place = inner(place + (item.get("ItemOID"),))
        values = [v.text or "" for v in item if local(v) == "Value"]
        value = item.get("Value") if "Value" in item.attrib else " ".join(values) if values else item.text
        flags = {first(f, "FlagType"): first(f, "FlagValue") for f in item.iter() if local(f) == "Flag"}
        if kind == "Remove":
            self.values.pop(place, None)
        elif item.get("IsNull") == "Yes":
            self.values[place] = ("missing", flags.get("MISSING"), (first(item, "Comment") or "") if "MISSING" in flags else None)
        elif (value or "").strip():
            self.values[place] = ("value", plain(value), None)
        for child in item:
            self.statement(child, place)

    def statement(self, element, place):
        name = local(element)
        where = place[0] if len(place) % 2 else place  # the participant; an item keeps its whole place
        if name == "AuditRecord":
            record = self.record(element)
            self.audits[(place if len(place) > 1 and len(place) % 2 == 0 else where,) + record] += 1
            self.logs[(place[0],) + record[:1] + record[2:]] += 1
        elif name == "AuditLogs":
            for log in element:
                self.logs[(place[0], self.user(log.get("UserID")), when(log.get("DateTimeStamp")),
                           log.get("ReasonForChange") or log.get("Type"), log.get("ID"))] += 1
        elif name == "Signature":
            self.signatures[(place,) + self.record(element)[:3] + (first(element, "SignatureRef", "SignatureOID"),)] += 1
        elif name == "Annotation":
            flags = {first(f, "FlagType"): first(f, "FlagValue") for f in element if local(f) == "Flag"}
            if "QUERY" in flags:
                comment = first(element, "Comment") or ""
                target, colon, message = comment.partition(": ")
                if not colon or " " in target:
                    target, message = None, comment
                self.query(place, target, message, flags["QUERY"], flags.get("CHECK"))
        elif name == "Query":
            self.query(place, element.get("Target"), first(element, "Value"), element.get("State") or element.get("Status"), element.get("Name"))
        elif name == "DiscrepancyNotes":
            for note in element:
                message = " ".join(words(e) for e in note.iter() if local(e) in ("Description", "DetailedNote"))
                self.query(place, None, message, note.get("Status"), note.get("NoteType"))

    def query(self, place, target, message, state, check):
        ended = "closed" if (state or "").lower() in ENDED else "open"
        self.queries[(place[0], target, " ".join((message or "").split()), ended, check)] += 1


def lost(given, found):
    return [key for key, count in given.items() if found[key] < count]


def grouped_as_given(given, answers):
    """Each answer once more at the given place of the same item in the same form, where there is none."""
    at = {place[:5] + place[-1:]: answer for place, answer in answers.items()}
    return {place: at[place[:5] + place[-1:]] for place in given if place not in answers and place[:5] + place[-1:] in at}


def compare(given, found, with_history, by_form):
    answers = found.values
    if given.values and all(len(place) == 6 for place in given.values):
        answers = {eventless(place): answer for place, answer in answers.items()}
    if by_form:
        answers = {**answers, **grouped_as_given(given.values, answers)}
    answers = {**answers, **dict(ticks(given.values, answers))}
    said = {}
    said["values"] = [(place, answer, answers.get(place)) for place, answer in given.values.items()
                      if not same(answer, answers.get(place))], len(given.values)
    if with_history:
        said["audit records"] = lost(given.audits, found.audits) + lost(given.logs, found.logs), sum(given.logs.values())
    said["signatures"] = lost(given.signatures, found.signatures), sum(given.signatures.values())
    said["queries"] = lost(given.queries, found.queries), sum(given.queries.values())
    return said


def suffix(code):
    """How REDCap writes a code into the name of an item."""
    return re.sub(r"[^a-z0-9]", "_", code.lower())


def ticks(given, answers):
    """REDCap's checkbox is N items field___code of 1 and 0; the answer of several codes has those that are 1."""
    for place, answer in given.items():
        field, lines, code = place[-1].partition("___")
        whole = place[:-1] + (field,)
        if lines and place not in answers and answer[0] == "value" and (whole in answers or answer[1] == "0"):
            codes = [suffix(c) for c in (answers.get(whole, ("", "", None))[1] or "").split()]
            yield place, ("value", "1" if suffix(code) in codes else "0", None)


def same(answer, other):
    """A null without a reason may have got one."""
    return answer == other or (answer[:2] == ("missing", None) and other is not None and other[0] == "missing")


def main():
    said = compare(Said(sys.argv[1]), Said(sys.argv[2]), "--history" in sys.argv, "--by-form" in sys.argv)
    print("; ".join("%s %d of %d" % (name, max(0, total - len(missing)), total) for name, (missing, total) in said.items()))
    for name, (missing, _) in said.items():
        for key in missing[:5]:
            print("lost, of the %s: %r" % (name, key))
    sys.exit(any(missing for missing, _ in said.values()))


main()
