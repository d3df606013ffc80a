"""An analysis run's figures, looked at by a program that is not ours: python3 analysis_figures.py RUN
RUN-IN-CHINESE prints TAP lines without a plan. Numbers that a figure writes are those of results.csv;
SVG is well formed and says what it shows; the words of both languages come back from the PDF."""

import csv
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as tree

run, chinese = sys.argv[1:]
failures = 0
SVG = "{http://www.w3.org/2000/svg}"


def compare(name, expected, found):
    global failures
    print(f"{'ok' if expected == found else 'not ok'} {name}" + ("" if expected == found else f": {str(found)[:1500]}, expected {str(expected)[:1500]}"))
    failures += expected != found


with open(os.path.join(run, "results.csv"), encoding="utf-8", newline="") as file:
    results = list(csv.DictReader(file))


def value(analysis, operation, group=""):
    found = [r for r in results if (r["analysis"], r["operation"], r["group"]) == (analysis, operation, group)]
    assert len(found) == 1, (analysis, operation, group)
    return float(found[0]["value"])


def figure(folder, name):
    return tree.parse(os.path.join(folder, "figures", name + ".svg")).getroot()


def texts(svg):
    return [(float(t.get("x", 0)), float(t.get("y", 0)), t.text or "") for t in svg.iter(SVG + "text")]


def row(svg, title):
    """Numbers that stand in the line of this title, from left to right."""
    at = next(y for _, y, words in texts(svg) if words == title)
    return [words for _, y, words in sorted(texts(svg)) if y == at and words != title]


names = sorted(n.removesuffix(".svg") for n in os.listdir(os.path.join(run, "figures")) if n.endswith(".svg"))
compare("each figure is there in four forms", {n + e for n in names for e in (".svg", ".pdf", ".png", ".csv")}, set(os.listdir(os.path.join(run, "figures"))))
compare("the plan's figures are all drawn", True, len(names) >= 10)

# -- words ----------------------------------------------------------------------------------

for language, folder in (("en", run), ("zh", chinese)):
    silent, outlines, unsaid, foreign = [], [], [], []
    for name in names:
        svg = figure(folder, name)
        title, says = svg.findtext(SVG + "title"), svg.findtext(SVG + "desc")
        if not title or len(says or "") <= len(title):
            silent.append(name)
        if len(list(svg.iter(SVG + "text"))) < 5:
            outlines.append(name)
        if bool(re.search("[\u4e00-\u9fff]", title + says)) != (language == "zh"):
            foreign.append(name)
        told = subprocess.run(["pdftotext", "-layout", os.path.join(folder, "figures", name + ".pdf"), "-"], capture_output=True, text=True, check=True).stdout
        told = re.sub(r"\s", "", told)
        turned = {t.text for t in svg.iter(SVG + "text") if "rotate" in t.get("transform", "")}
        missing = [w for _, _, w in texts(svg) if w not in turned and re.sub(r"\s", "", w) not in told]
        if missing:
            unsaid.append((name, missing[:5]))
    compare(f"{language}: each figure has a title and says what it shows", [], silent)
    compare(f"{language}: text is text, not outlines", [], outlines)
    compare(f"{language}: title and description are in the language", [], foreign)
    compare(f"{language}: pdftotext gives back what the SVG says", [], unsaid)

# -- numbers --------------------------------------------------------------------------------

survival = figure(run, "survival")
days = [0, 7, 14, 28, 42, 60, 90]
at_risk = [int(n) for n in row(survival, "At risk")]
compare("at risk: the numbers of results.csv", [int(value("E11.survival", f"nrisk.t{d}")) for d in (7, 28, 90)], [at_risk[days.index(d)] for d in (7, 28, 90)])
compare("at risk from the start: all", int(value("E11.survival", "n")), at_risk[0])
compare("events by the end: all", int(value("E11.survival", "events")), int(row(survival, "Events")[-1]))
written = [words for _, _, words in texts(survival)]
for day in (7, 28, 90):
    told = f"{100 * value('E11.survival', f'surv.t{day}'):.1f} %"
    compare(f"day {day}: the estimate of results.csv", True, told in written)

forest = figure(run, "proportions")
for analysis, label in (("E1.first_attempt", "Success at the first attempt"), ("E10.efficacy", "Therapeutic efficacy")):
    share, low, high = (100 * value(analysis, o) for o in ("estimate", "wilson.lower", "wilson.upper"))
    told = [f"{value(analysis, 'events'):.0f}/{value(analysis, 'n'):.0f}", f"{share:.1f} ({low:.1f}–{high:.1f})"]
    compare(f"{analysis}: the forest plot's numbers are those of results.csv", told, row(forest, label))

flow = [words for _, _, words in texts(figure(run, "participants"))]
for analysis, label in (("FLOW.screened", "Screened"), ("FLOW.not_enrolled", "Not enrolled"), ("FLOW.enrolled", "Enrolled"), ("FLOW.placed", "Needle placed")):
    compare(f"{label}: the flow's number is that of results.csv", True, f"{label} (n = {value(analysis, 'events'):.0f})" in flow)

# -- marks ----------------------------------------------------------------------------------

with open(os.path.join(run, "dataset-participants.csv"), encoding="utf-8", newline="") as file:
    people = list(csv.DictReader(file))
named = set()
for mark in survival.iter(SVG + "g"):
    analysis, _, rows = mark.get("data-ref", "#").partition("#")
    named |= {int(n) for n in rows.split(",") if n}
compare("the marks of the curve name the rows of all enrolled", {i + 1 for i, p in enumerate(people) if p["ENROLLED"] == "yes"}, named)
dead = [g for g in survival.iter(SVG + "g") if re.search(r": [1-9]\d* events?, 0 censored", g.findtext(SVG + "title") or "")]
compare("a death's mark names who died", {"yes"}, {people[int(n) - 1]["DIED"] for g in dead for n in g.get("data-ref").split("#")[1].split(",")})

sys.exit(failures > 0)
