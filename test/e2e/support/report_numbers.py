"""Do the numbers of report.html, report.pdf and the figures agree with results.csv?

    report_numbers.py RUN

Each number of report.html names a result (data-ref) and how it was rounded (data-rounding):
both are looked up and done again here, in decimal arithmetic. The rows of each table are then
looked for in the text of the PDF. Prints a line for each check, "ok NAME" or "not ok NAME: why"."""

import csv
import re
import subprocess
import sys
from decimal import ROUND_HALF_UP, Decimal
from html.parser import HTMLParser
from pathlib import Path

RUN = Path(sys.argv[1])


def say(name, faults):
    print(f"ok {name}" if not faults else f"not ok {name}: {'; '.join(faults[:5])}")


class Report(HTMLParser):
    """Numbers with their references, and the cells of each table."""

    def __init__(self):
        super().__init__()
        self.numbers, self.tables, self.captions, self.headings = [], [], [], []
        self.number = self.cell = self.caption = self.heading = None

    def handle_starttag(self, tag, attributes):
        named = dict(attributes)
        if tag == "span" and "data-ref" in named:
            self.number = [named["data-ref"], named["data-rounding"], ""]
        elif tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("th", "td"):
            self.cell = ""
        elif tag == "br" and self.cell is not None:
            self.cell += "\n"
        elif tag == "caption":
            self.caption = ""
        elif tag in ("h2", "h3"):
            self.heading = ""

    def handle_data(self, data):
        if self.number is not None:
            self.number[2] += data
        if self.cell is not None:
            self.cell += data
        if self.caption is not None:
            self.caption += data
        if self.heading is not None:
            self.heading += data

    def handle_endtag(self, tag):
        if tag == "span" and self.number is not None:
            self.numbers.append(tuple(self.number))
            self.number = None
        elif tag in ("th", "td"):
            self.tables[-1][-1].append(self.cell)
            self.cell = None
        elif tag == "caption":
            self.captions.append(self.caption)
            self.caption = None
        elif tag in ("h2", "h3"):
            self.headings.append(self.heading)
            self.heading = None


def read_results():
    values, columns = {}, {}
    with open(RUN / "results.csv", encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            part = (row["analysis"], row["group"])
            values[(*part, row["operation"])] = row["value"]
            columns[part] = row
            columns.setdefault((row["analysis"], ""), row)
    return values, columns


VALUES, COLUMNS = read_results()


def value_of(reference):
    analysis, group, operation = reference.split("/", 2)
    if (analysis, group, operation) in VALUES:
        return Decimal(float(VALUES[(analysis, group, operation)]))
    row = COLUMNS[(analysis, group)]
    names = operation.split("/")
    over = [Decimal(int(row[name])) for name in names]
    return over[0] if len(over) == 1 else Decimal(float(over[0]) / float(over[1]))


def rounded(value, rounding):
    kind, decimals = rounding.split(":")
    if kind == "p" and value < Decimal(10) ** -int(decimals):
        return "<.001"
    value = Decimal(float(value) * 100) if kind == "percent" else value
    text = str(value.quantize(Decimal(1).scaleb(-int(decimals)), ROUND_HALF_UP))
    if re.fullmatch(r"-0(\.0*)?", text):
        text = text[1:]
    text = text.replace("-", "\u2212")
    return text[1:] if kind == "p" and text.startswith("0") else text


def check_html(report):
    faults = []
    for reference, rounding, shown in report.numbers:
        try:
            wanted = rounded(value_of(reference), rounding)
        except (KeyError, ValueError) as fault:
            faults.append(f"{reference} is in no result ({fault})")
            continue
        if wanted != shown:
            faults.append(f"{reference} shows {shown}, results.csv says {wanted}")
    say(f"numbers of report.html equal results.csv ({len(report.numbers)})", faults)
    told = {reference.split("/")[0] for reference, _, _ in report.numbers}
    analyses = {analysis for analysis, _ in COLUMNS}
    say("every analysis is in the report", sorted(analyses - told))


def squeezed(text):
    """Without what a line break or a column may change."""
    return re.sub(r"\s+", "", text)


def pages():
    run = subprocess.run(["pdftotext", "-layout", RUN / "report.pdf", "-"], capture_output=True, check=True)
    return run.stdout.decode("utf-8").split("\f")[:-1]


def check_pdf(report, text):
    """What each cell of each table says stands in the PDF behind the table's caption."""
    faults = []
    for caption, rows in zip(report.captions, report.tables):
        begin = text.find(squeezed(caption))
        if begin < 0:
            faults.append(f"no table {caption}")
            continue
        for row in rows[1:]:
            # A cell of words may break anywhere between them; one of numbers does not break.
            words = [word for cell in row[1:] for line in cell.split("\n")
                     for word in ([line] if re.match(r"[\d\u2212.]", line) else line.split())]
            faults += [f"{caption}: no {word}" for word in words if text.find(squeezed(word), begin) < 0]
    say(f"tables of report.pdf have the numbers of report.html ({len(report.tables)})", faults)


def check_ends(report, leaves):
    """No heading, caption or head of a table is the last of its page."""
    alone = {squeezed(name) for name in report.headings + report.captions}
    alone |= {squeezed("".join(table[0])) for table in report.tables}
    ends = [squeezed([line for line in leaf.split("\n") if line.strip()][-2]) for leaf in leaves]
    say("nothing that heads stands last on a page", [f"page {i + 1}: {end}" for i, end in enumerate(ends) if end in alone])


def check_figure():
    """The numbers at risk below the survival curve; those that the results have too."""
    svg = (RUN / "figures" / "survival.svg").read_text(encoding="utf-8")
    html = (RUN / "report.html").read_text(encoding="utf-8")
    labels = re.findall(r"<text[^>]*? x=\"([\d.]+)\" y=\"([\d.]+)\"[^>]*>([^<]*)</text>", svg)
    lines = {}
    for x, y, text in labels:
        lines.setdefault(y, {})[round(float(x))] = text
    faults = []
    ticks = next(({x: t for x, t in line.items() if t.isdigit()} for line in lines.values() if "90" in line.values()), {})
    risk = next((line for line in lines.values() if "At risk" in line.values() or "风险人数" in line.values()), {})
    for analysis, _, operation in VALUES:
        if analysis != "E11.survival" or not operation.startswith("nrisk.t"):
            continue
        day = operation[len("nrisk.t"):]
        x = next((x for x, t in ticks.items() if t == day), None)
        wanted = str(int(float(VALUES[(analysis, "", operation)])))
        if x is None or risk.get(x) != wanted:
            faults.append(f"day {day}: {wanted} at risk, the figure shows {risk.get(x)}")
    say("numbers at risk of the figure equal results.csv", faults)
    marks = re.findall(r"<path[^>]*>", svg)
    is_same = marks and all(mark in html for mark in marks)
    say("the figure of the report is the figure of the file", [] if is_same else ["other strokes"])


def main():
    report = Report()
    report.feed((RUN / "report.html").read_text(encoding="utf-8"))
    leaves = pages()
    check_html(report)
    check_pdf(report, squeezed("".join(leaves)))
    check_ends(report, leaves)
    check_figure()
    say("SYNTHETIC is on every page", [f"not on page {i + 1}" for i, leaf in enumerate(leaves) if "SYNTHETIC" not in leaf])
    last = len(leaves)
    numbers = [f"{i + 1}" for i, leaf in enumerate(leaves)
               if not re.search(rf"Page {i + 1} of {last}|第 {i + 1} 页，共 {last} 页", leaf)]
    say("each page says which it is", [f"page {number}" for number in numbers])


main()
