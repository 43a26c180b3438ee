"""The API's description is reviewed like code: every change of it is a change of this snapshot.

After a wished change: `.venv/bin/python -m pytest tests/rest/test_description.py --database=sqlite -k snapshot` fails and leaves the new
document beside the old one as `openapi.new.json`; look at the difference, then move it over.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from xingtan.rest.v1.api import PERMISSIONS, api
from xingtan.rest.v1.operations import KEY_HEADER

SNAPSHOT = Path(__file__).parent / "openapi.json"


@pytest.fixture(scope="module")
def document():
    return json.loads(json.dumps(api.get_openapi_schema(), default=str))


def operations(document):
    return [(method, path, operation) for path, methods in document["paths"].items() for method, operation in methods.items()]


def written(document):
    """The document with a line for each schema and each address, so that a difference can be read."""
    short = {"ensure_ascii": False, "sort_keys": True, "separators": (",", ":")}
    text = json.dumps(document, **short)
    for part in (document["components"]["schemas"], document["paths"]):
        for name, value in sorted(part.items()):
            line = f"{json.dumps(name, **short)}:{json.dumps(value, **short)}"
            text = text.replace(line, f"\n{line}", 1)
    return f"{text}\n"


def test_the_document_is_the_snapshot(document):
    if not SNAPSHOT.exists() or json.loads(SNAPSHOT.read_text(encoding="utf-8")) != document:
        fresh = SNAPSHOT.with_suffix(".new.json")
        fresh.write_text(written(document), encoding="utf-8")
        pytest.fail(f"the API's description has changed: compare {fresh.name} with {SNAPSHOT.name}")


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
