"""The door over a line: a parcel cut at any byte changes nothing, and no input is an error of ours."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import kitting
from tests.kitting import BEGIN
from xingtan.domains.kits.models import KitBlock

pytestmark = pytest.mark.django_db(databases="__all__")
JSON = "application/json"
FORGIVING = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@pytest.fixture
def told(cast):
    laptop = kitting.make(cast)
    laptop.session(BEGIN, [(cast.lin_teacher, 0, None)], [(cast.units[0], 0, 24)])
    return laptop.parcel(laptop.pieces)


def test_a_parcel_cut_at_any_place_is_not_taken(client, told):
    body = json.dumps(told).encode()
    for length in range(0, len(body) - 1, 97):
        assert client.post("/kits/sync/", body[:length], content_type=JSON).status_code == 400
    assert KitBlock.objects.count() == 0
    answer = client.post("/kits/sync/", body, content_type=JSON)
    assert answer.json()["new"] == len(told["blocks"])
    assert client.post("/kits/sync/", body, content_type=JSON).json()["new"] == 0


@given(
    value=st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=8), lambda one: st.lists(one, max_size=3)),
    data=st.data(),
)
@FORGIVING
def test_a_parcel_with_anything_in_it_is_answered(client, told, value, data):
    path = data.draw(st.sampled_from(["kit", "at", "head", "blocks", "signature"]))
    answer = client.post("/kits/sync/", json.dumps(told | {path: value}), content_type=JSON)
    assert answer.status_code in (400, 409)
    assert KitBlock.objects.count() == 0


@given(value=st.none() | st.integers() | st.text(max_size=8) | st.lists(st.integers(), max_size=2), data=st.data())
@FORGIVING
def test_signed_lines_with_anything_in_them_are_read(cast, value, data):
    """A kit whose program went wrong: the lines are kept, what they say is in doubt, and nothing fails."""
    laptop = kitting.make(cast)
    laptop.session(BEGIN, [(cast.lin_teacher, 0, None)], [(cast.units[0], 0, 24)])
    line = data.draw(st.sampled_from([body for piece in laptop.pieces for _source, body in piece.lines]))
    broken = {**line, data.draw(st.sampled_from(sorted(line))): value}
    broken["at"] = broken["at"] if isinstance(broken["at"], int) else BEGIN
    laptop.write(broken)
    assert kitting.receive(laptop).new == len(laptop.pieces)


def test_nobody_else_may_ask(client, told):
    assert client.get("/kits/sync/").status_code == 405
    answer = client.post("/kits/sync/", json.dumps(told | {"kit": "00000000-0000-7000-8000-000000000000"}), content_type=JSON)
    assert (answer.status_code, answer.json()["code"]) == (409, "kit_unknown")
