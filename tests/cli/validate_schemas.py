#!/usr/bin/env python3
"""Validates the files of a run against the JSON Schemas in src/report/schemas.

Usage: validate_schemas.py RUN_DIR

Exit code: 0 all files are valid; 1 a row is not (named on standard error); 2 wrong use; 77 the
Python package jsonschema is missing. Checks the order of keys too: equal findings are equal bytes.
"""

import json
import pathlib
import sys

SCHEMAS = pathlib.Path(__file__).resolve().parents[2] / "src" / "report" / "schemas"


def rows_of(path):
    """Yields (place, value) for every row of a .jsonl file, or for the one value of a .json file."""
    if path.suffix == ".json":
        yield str(path), json.loads(path.read_text(encoding="utf-8"))
        return
    # newline="\n": a kept row may hold carriage returns.
    with path.open(encoding="utf-8", newline="\n") as lines:
        for number, line in enumerate(lines, start=1):
            yield f"{path}:{number}", json.loads(line)


def misplaced_keys(schema, value):
    """The keys of `value`, at any depth, whose order differs from the schema's."""
    if isinstance(value, dict):  # of several shapes the one that it has
        schema = next((shape for shape in schema.get("oneOf", []) if shape["required"] == list(value)),
                      schema)
    if isinstance(value, dict) and "properties" in schema:
        properties = schema["properties"]
        if list(value) != list(properties):
            yield list(value)
        for key, inner in value.items():
            yield from misplaced_keys(properties.get(key, {}), inner)
    elif isinstance(value, list):
        for inner in value:
            yield from misplaced_keys(schema.get("items", {}), inner)


def problems_of(path, schema, validator):
    for place, value in rows_of(path):
        for error in validator.iter_errors(value):
            yield f"{place}: {error.json_path}: {error.message}"
        for keys in misplaced_keys(schema, value):
            yield f"{place}: keys out of order: {keys}"


def main(arguments):
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        from jsonschema import Draft202012Validator
    except ImportError:
        print("the Python package jsonschema is missing (Debian: python3-jsonschema)", file=sys.stderr)
        return 77
    # Kept rows are the input's: they may hold numbers of any length and nest 1,024 deep.
    sys.set_int_max_str_digits(0)
    sys.setrecursionlimit(10_000)

    files = 0
    problems = []
    for schema_path in sorted(SCHEMAS.glob("*.schema.json")):
        schema = json.loads(schema_path.read_text(encoding="utf-8"))
        Draft202012Validator.check_schema(schema)
        file_name = schema["title"].split(":")[0]
        path = pathlib.Path(arguments[0]) / file_name
        if path.exists():
            files += 1
            problems.extend(problems_of(path, schema, Draft202012Validator(schema)))
    if files == 0:
        problems.append(f"{arguments[0]}: no file of a run")
    for problem in problems[:20]:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
