"""The API's description is reviewed like code: every change of it is a change of this snapshot.

After a wished change: `.venv/bin/python -m pytest tests/rest/test_description.py --database=sqlite -k snapshot` fails and leaves what changed
beside the old as `openapi/*.new`; look at the difference, then move it over.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from xingtan.rest.v1.api import PERMISSIONS, api
from xingtan.rest.v1.operations import KEY_HEADER

SNAPSHOT = Path(__file__).parent / "openapi"


@pytest.fixture(scope="module")
def document():
    return json.loads(json.dumps(api.get_openapi_schema(), default=str))


def operations(document):
    return [(method, path, operation) for path, methods in document["paths"].items() for method, operation in methods.items()]


SHORT = {"ensure_ascii": False, "sort_keys": True, "separators": (",", ":")}


def parts(document):
    """The document in files that can be read: schemas, the addresses by their first word, and the rest."""
    files = {"schemas.json": document["components"]["schemas"]}
    for path, methods in document["paths"].items():
        files.setdefault(f"{path.removeprefix('/api/v1/').partition('/')[0].replace('{', '').replace('}', '')}.json", {})[path] = methods
    components = {name: one for name, one in document["components"].items() if name != "schemas"}
    files["rest.json"] = document | {"components": components, "paths": {}}
    return files


def written(part):
    """A part with a line for each of its names, so that a difference can be read."""
    return "{\n" + ",\n".join(f"{json.dumps(name)}:{json.dumps(value, **SHORT)}" for name, value in sorted(part.items())) + "\n}\n"


def test_the_document_is_the_snapshot(document):
    fresh = {name: written(part) for name, part in parts(document).items()}
    kept = {path.name: path.read_text(encoding="utf-8") for path in SNAPSHOT.glob("*.json")}
    changed = sorted(name for name in fresh.keys() | kept.keys() if fresh.get(name) != kept.get(name))
    for name in changed:
        (SNAPSHOT / f"{name}.new").write_text(fresh.get(name, ""), encoding="utf-8")
    assert changed == [], "the API's description has changed: compare each *.json.new with its old file"


def test_it_is_openapi_3_1_and_served_to_anyone(document, client, db):
    assert document["openapi"].startswith("3.1.")
    assert client.get("/api/v1/openapi.json").json() == document


def test_every_operation_says_who_may_call_it_and_what_it_refuses(document):
    for method, _path, operation in operations(document):
        permission = PERMISSIONS[operation["operationId"]]
        assert operation["x-permission"] == permission.name
        refused = {status for status in operation["responses"] if int(status) >= 400}
        needed = {"404", "422"} if operation["operationId"] == "check" else {"401", "403", "404", "422"}
        assert needed <= refused, operation["operationId"]
        for status in refused:
            assert list(operation["responses"][status]["content"]) == ["application/problem+json"]
        keys = [one for one in operation["parameters"] if one["name"] == KEY_HEADER and one["required"]]
        assert len(keys) == (method == "post")
        assert ("409" in refused) == (method == "post")
        assert operation["description"]


def test_numbers_say_their_unit(document):
    wrong = []
    for name, schema in document["components"]["schemas"].items():
        for field, said in schema.get("properties", {}).items():
            if (
                re.search(r"hours|fen|amount", field)
                and said.get("type") in {"integer", "number"}
                and not re.search(r"_(centi|fen)$", field)
            ):
                wrong.append((name, field))
            if said.get("type") == "number":
                wrong.append((name, field))
    assert wrong == []
