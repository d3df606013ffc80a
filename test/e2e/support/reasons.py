"""python3 reasons.py: every reason why something is not estimable, of the estimators and methods, has Chinese words
in src/analysis/reason.c, and none is there that nothing says."""

import glob
import re
import sys


def literals(text):
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    text = re.sub(r"#\s*include.*", "", text)
    for found in re.finditer(r'(?:"(?:[^"\\]|\\.)*"\s*)+', text):
        yield "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', found.group(0)))


def is_sentence(text):
    return " " in text and re.match(r"[a-z]", text) and "%" not in text


said = set()
for name in sorted(glob.glob("src/stats/*.[ch]") + glob.glob("src/analysis/method_*.c") + ["src/analysis/result.h"]):
    with open(name, encoding="utf-8") as file:
        said |= {one for one in literals(file.read()) if is_sentence(one)}
# Words of arguments, which are no reasons.
said -= {"left out"}
with open("src/analysis/reason.c", encoding="utf-8") as file:
    source = file.read()
known = {a for a, b in re.findall(r'\{"((?:[^"\\]|\\.)*)",\s*"((?:[^"\\]|\\.)*)"\}', source)}
missing, unused = sorted(said - known), sorted(known - said)
print("ok" if not missing else "not ok", "every reason has Chinese words:", "; ".join(missing) or len(known))
print("ok" if not unused else "not ok", "every reason with Chinese words is said:", "; ".join(unused) or "yes")
sys.exit(bool(missing or unused))
