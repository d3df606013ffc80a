"""Holds saved answers to the schemas of the program's own OpenAPI document.

answers.py DOCUMENT FOLDER: each file FOLDER/NAME.*.json must fit the schema NAME, and may
hold no member that the document does not know. Prints what does not fit.
"""
import json
import pathlib
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
sys.exit(1 if faults else 0)
