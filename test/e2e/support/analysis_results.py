"""An analysis run, looked at by a program that is not ours: python3 analysis_results.py RUN TABLES
OVERVIEW.json ARS-SCHEMA prints TAP lines without a plan. The overview's figures are held to the exported
tables by overview_figures.py; here the plan's results are held to the overview, results.json to CDISC's
schema and to results.csv, and the survival curve to the derived dataset."""

import csv
import json
import math
import os
import sys
from datetime import datetime

import jsonschema

run, tables, overview_file, schema_file = sys.argv[1:]
failures = 0


def compare(name, expected, found):
    global failures
    same = expected == found or (
        isinstance(expected, float) and isinstance(found, float) and math.isclose(expected, found, rel_tol=1e-9, abs_tol=1e-9)
    )
    print(f"{'ok' if same else 'not ok'} {name}: {str(found)[:80]}" + ("" if same else f", expected {str(expected)[:2000]}"))
    failures += not same


def load(name):
    with open(name, encoding="utf-8") as file:
        return json.load(file)


def rows(folder, name):
    with open(os.path.join(folder, name + ".csv"), encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


overview = load(overview_file)
ars = load(os.path.join(run, "results.json"))
results = rows(run, "results")


def value(analysis, operation, group=""):
    found = [r for r in results if (r["analysis"], r["operation"], r["group"]) == (analysis, operation, group)]
    assert len(found) == 1, (analysis, operation, group)
    return float(found[0]["value"]) if found[0]["value"] else None


# -- results.json -------------------------------------------------------------------------

problems = list(jsonschema.Draft7Validator(load(schema_file)).iter_errors(ars))
compare("results.json is valid by CDISC's schema", [], [p.message[:200] for p in problems])
told = {}
for analysis in ars["analyses"]:
    for one in analysis["results"]:
        group = one["resultGroups"][0]["groupValue"] if "resultGroups" in one else ""
        operation = one["operationId"].removeprefix(analysis["methodId"] + ".")
        told[(analysis["id"], operation, group)] = one.get("rawValue", "")
compare("it has the numbers of results.csv", {(r["analysis"], r["operation"], r["group"]): r["value"] for r in results}, told)
operations = {o["id"] for m in ars["methods"] for o in m["operations"]}
compare("each operation is one of its method", set(), {o["operationId"] for a in ars["analyses"] for o in a["results"]} - operations)
sets = {s["id"] for s in ars["analysisSets"]}
compare("each population is told", set(), {a["analysisSetId"] for a in ars["analyses"]} - sets)
compare(
    "without a number there is a reason", [], [r["operation"] for r in results if bool(r["value"]) == bool(r["not_estimable"])]
)

# -- against the overview -----------------------------------------------------------------


def proportion(analysis, part):
    shown = overview[part]
    compare(analysis, (shown["events"], shown["total"]), (value(analysis, "events"), value(analysis, "n")))
    compare(analysis + ", Wilson", float(shown["wilson"][0]), value(analysis, "wilson.lower"))


proportion("E1.first_attempt", "first_attempt")
proportion("E2.two_attempts", "two_attempts")
proportion("E6.recovery", "recovery")
# The plan counts everybody punctured, and a missing composite as failure; the overview does not ask
# yet of those who are in their first 24 hours.
composite = overview["efficacy"]
compare(
    "E10.efficacy",
    (composite["events"], composite["total"]),
    (value("E10.efficacy", "events"), value("E10.efficacy", "n")),
)
compare("E10 of the overview leaves out two at most", True, 0 <= overview["first_attempt"]["total"] - composite["total"] <= 2)
compare("E3, median", float(overview["access"]["median"]), value("E3.access_time", "median"))
for at in overview["survival"]["at"]:
    if at["day"] in (7, 28, 90):
        compare(f"E11, day {at['day']}", at["survival"], value("E11.survival", f"surv.t{at['day']:.15g}"))
# In the overview the modes have words; here they have codes.
for code, flow in zip(("GRAV", "BAG"), overview["flows"]):
    compare(f"E4, {code}", float(flow["median"]), value("E4.flow", "median", code))

# -- the curve once more, from the dataset ------------------------------------------------

people = [r for r in rows(run, "dataset-participants") if r["ENROLLED"] == "yes"]
left = sorted((min(float(r["DAYS"]), 90), r["DIED"] == "yes" and float(r["DAYS"]) <= 90) for r in people if r["DAYS"])
survival = 1.0
for day in sorted({t for t, died in left if died and t <= 28}):
    at_risk = sum(t >= day for t, _ in left)
    survival *= 1 - sum(t == day and died for t, died in left) / at_risk
compare("S(28), from the dataset", survival, value("E11.survival", "surv.t28"))

# -- E9: hours of a drug through the needle, until its next change on whichever form ------------

drugs = {}
for r in rows(tables, "IG.VA1"):
    if r["VADTM"]:
        drugs.setdefault((r["participant"], r["VADRG"]), []).append((datetime.fromisoformat(r["VADTM"]), r["VAROUTE"], r["VACHG"]))
hours = 0.0
for changes in drugs.values():
    changes.sort(key=lambda change: change[0])
    for (began, route, change), (ended, _, _) in zip(changes, changes[1:]):
        if route == "IO" and change != "STOP":
            hours += (ended - began).total_seconds() / 3600
compare("E9, hours through the needle", hours, value("E9.interruptions", "exposure"))

# -- rows lead back -----------------------------------------------------------------------

attempts = rows(run, "dataset-attempts")
record = {(r["participant"], r["event"], r["form_repeat"], r["group_repeat"]): r for r in rows(tables, "IG.IO3")}
compare(
    "each attempt is one of the record, with its result",
    [],
    [
        a
        for a in attempts
        if (record[(a["participant"], a["event"], a["form_repeat"], a["row"])]["ATTRES"] == "SUC") != (a["SUCCESS"] == "yes")
    ],
)
sys.exit(failures > 0)
