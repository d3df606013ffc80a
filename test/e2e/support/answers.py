"""Holds saved answers to the schemas of the program's own OpenAPI document.

answers.py DOCUMENT FOLDER ASKED: each file FOLDER/NAME.*.json must fit the schema NAME, and
may hold no member that the document does not know. ASKED lists requests, "METHOD PATH
STATUS" a line: each operation of the document was answered with the success that it
promises, and nothing with a status that it does not tell. Prints what does not fit.
"""
import json
import pathlib
import re
import sys

import jsonschema


def strict(schema):
    """The same schema, with every undocumented member a fault."""
    if isinstance(schema, list):
        return [strict(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    out = {key: strict(value) for key, value in schema.items()}
    if isinstance(out.get("properties"), dict) and out.get("type") == "object":
        out.setdefault("additionalProperties", False)
    return out


def operation_faults(document, asked):
    """What was asked and answered otherwise than the document says, or never asked."""
    for path, operations in document["paths"].items():
        pattern = re.compile(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(path)) + r"(\?.*)?$")
        for method, operation in operations.items():
            known = set(operation["responses"])
            success = known - {"default"}
            got = {status for verb, target, status in asked
                   if verb == method.upper() and pattern.match(target)}
            if not got & success:
                yield f"{method.upper()} {path}: never {sorted(success)}, but {sorted(got)}"
            for status in got - known:
                if int(status) < 400 or "default" not in known:
                    yield f"{method.upper()} {path}: {status} is not told"


document = json.loads(pathlib.Path(sys.argv[1]).read_text())
components = strict(document["components"]["schemas"])
faults = 0
for name, schema in components.items():
    jsonschema.Draft202012Validator.check_schema(schema)
for path in sorted(pathlib.Path(sys.argv[2]).glob("*.json")):
    name = path.name.split(".")[0]
    schema = {"$ref": f"#/components/schemas/{name}", "components": {"schemas": components}}
    validator = jsonschema.Draft202012Validator(schema)
    for error in validator.iter_errors(json.loads(path.read_text())):
        faults += 1
        place = "/".join(str(part) for part in error.absolute_path)
        print(f"{path.name} at {place or 'the top'}: {error.message[:200]}")
for fault in operation_faults(
        document, [line.split(" ") for line in pathlib.Path(sys.argv[3]).read_text().splitlines()]):
    faults += 1
    print(fault)
sys.exit(1 if faults else 0)
