"""The overview's endpoints once more, from the exported tables alone and with nothing of the
program: python3 overview_figures.py TABLES OVERVIEW.json prints TAP lines without a plan.
Definitions: the protocol's specification, section 5."""

import csv
import datetime
import json
import math
import os
import statistics
import sys

tables, overview_file = sys.argv[1:]
with open(overview_file, encoding="utf-8") as file:
    overview = json.load(file)
failures = 0


def compare(name, expected, found):
    global failures
    if expected == found:
        print(f"ok {name}: {found}")
    else:
        failures += 1
        print(f"not ok {name}: expected {expected}, found {found}")


def rows(name):
    with open(os.path.join(tables, name + ".csv"), encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def by_participant(name):
    found = {}
    for row in rows(name):
        found.setdefault(row["participant"], []).append(row)
    return found


def moment(text):
    return datetime.datetime.fromisoformat(text) if text else None


def wilson(events, total):
    z = statistics.NormalDist().inv_cdf(0.975)
    share = events / total
    middle = (share + z * z / (2 * total)) / (1 + z * z / total)
    half = z / (1 + z * z / total) * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    return [round(middle - half, 9), round(middle + half, 9)]


def proportion(name, part, events, total, missing=0, left_out=0):
    told = overview[part]
    compare(name, (events, total, missing, left_out), tuple(told[k] for k in ("events", "total", "missing", "left_out")))
    compare(name + ", Wilson", wilson(events, total), [round(limit, 9) for limit in told["wilson"]])


enrolled = {row["participant"] for row in rows("IG.DM1") if row["ENRDTM"]}
attempts = by_participant("IG.IO3")
outcomes = by_participant("IG.IO4")
decisions = by_participant("IG.IO1")
efficacy = {row["participant"]: row for row in rows("IG.EF2")}


def first_insertion(all_rows):
    least = min(int(row["form_repeat"]) for row in all_rows)
    return [row for row in all_rows if int(row["form_repeat"]) == least]


punctured = {
    who for who in enrolled if who in attempts and any(row["PUNDTM"] for row in first_insertion(attempts[who]))
}
compare("with a first puncture", len(punctured), overview["first_attempt"]["total"])

outcome = {who: first_insertion(outcomes[who])[0] for who in punctured}
proportion("E1", "first_attempt", sum(outcome[who]["FPASS"] == "Y" for who in punctured), len(punctured))
count_of = {who: sum(bool(row["PUNDTM"]) for row in first_insertion(attempts[who])) for who in punctured}
proportion(
    "E2", "two_attempts", sum(outcome[who]["ANYSUC"] == "Y" and count_of[who] <= 2 for who in punctured), len(punctured)
)

minutes = []
for who in punctured:
    decided = moment(first_insertion(decisions[who])[0]["DECDTM"])
    running = moment(outcome[who]["FINDTM"])
    if decided and running:
        minutes.append((running - decided).total_seconds() / 60)
compare("E3, median", round(statistics.median(minutes), 6), round(overview["access"]["median"], 6))

for code, place in (("GRAV", 0), ("BAG", 1)):
    flows = [
        float(row["FLOWT"])
        for row in rows("IG.INF1")
        if row["participant"] in punctured
        and row["FLOWT"]
        and row["PRESMOD"] == code
        and row["INFROUTE"] == "IO"
        and row["FLOWLIM"] != "Y"
    ]
    low, median, high = statistics.quantiles(flows, n=4, method="inclusive")
    told = overview["flows"][place]
    compare(f"E4, {code}", len(flows), told["tests"])
    compare(
        f"E4, {code}, quartiles",
        [round(value, 6) for value in (low, median, high)],
        [round(told[key], 6) for key in ("low", "median", "high")],
    )

# Both are of the first 24 hours: of whom has not been through them nobody asks yet, unless dead.
now = moment(overview["now"])
dead = {row["participant"] for row in rows("IG.DTH1") if row["DTHDTM"]}
first_puncture = {
    who: min(moment(row["PUNDTM"]) for row in first_insertion(attempts[who]) if row["PUNDTM"]) for who in punctured
}
day = datetime.timedelta(days=1)
is_over = {who for who in punctured if who in dead or first_puncture[who] + day <= now}


def answers_of(item):
    given = {who: efficacy[who][item] if who in efficacy else "" for who in punctured}
    return [answer for who, answer in given.items() if answer or who in is_over]


answers = answers_of("EFHEM")
proportion("E6", "recovery", answers.count("Y"), answers.count("Y") + answers.count("N"), 0, answers.count(""))

answers = answers_of("EFCOMP")
proportion("E10", "efficacy", answers.count("Y"), len(answers), answers.count(""))

# E9: no segment of the demo has a vasoactive drug, so the changes of rate tell; the next change
# of a drug may stand on another visit's form.
pressures = {}
for row in rows("IG.VS1"):
    if row["MAP"] and row["VSDTM"]:
        pressures.setdefault(row["participant"], []).append((moment(row["VSDTM"]), float(row["MAP"])))
stable = judged = unknown = 0
for who, changes in by_participant("IG.VA1").items():
    if who not in punctured or outcome[who]["ANYSUC"] != "Y":
        continue
    run = lost = longest = 0.0
    fell = open_end = False
    for drug in {row["VADRG"] for row in changes}:
        of_drug = sorted((row for row in changes if row["VADRG"] == drug), key=lambda row: moment(row["VADTM"]))
        for row, following in zip(of_drug, of_drug[1:] + [None]):
            if row["VAROUTE"] != "IO" or row["VACHG"] == "STOP":
                continue
            began = moment(row["VADTM"])
            if following is None:
                open_end = open_end or row["VACHG"] == "INT"
                continue
            length = (moment(following["VADTM"]) - began).total_seconds() / 60
            run += length
            if row["VACHG"] == "INT":
                lost += length
                longest = max(longest, length)
                fell = fell or any(
                    0 < (time - began).total_seconds() <= 600 and value < 55 for time, value in pressures.get(who, [])
                )
    if run >= 60:
        judged += 1
        unknown += open_end
        stable += not open_end and 1 - lost / run >= 0.99 and longest <= 5 and not fell
proportion("E9", "stable_delivery", stable, judged, unknown)

harmed = {}
for row in rows("IG.CX1"):
    if (
        row["participant"] in punctured
        and row["AECX"] in ("LINF", "FATE", "OSTEO", "BLEED", "NERVE")
        and row["AEREL"] in ("POS", "PRO", "DEF")
        and row["AEADJ"] != "N"
    ):
        harmed.setdefault(row["AECX"], set()).add(row["participant"])
anybody = set().union(*harmed.values())
proportion("E12, any", "any_harm", len(anybody), len(punctured))
compare(
    "E12, by harm",
    sorted(len(people) for people in harmed.values()),
    sorted(harm["participants"] for harm in overview["harms"]),
)
sys.exit(1 if failures else 0)
