"""A prepared query answers what the query itself answers, whatever the values."""

from __future__ import annotations

from datetime import date

import pytest
from django.db.models import Count

from xingtan.foundation.db import Prepared
from xingtan.foundation.scope.models import Organisation

pytestmark = pytest.mark.django_db


def _build(ids):
    return Organisation.everywhere.filter(pk__among=ids).order_by("pk")


by_id = Prepared(_build, "many")
names = Prepared(lambda ids, parent: _build(ids).filter(pk__gt=parent).values_list("pk", "name", "opened_on"), "many", "one")
counted = Prepared(
    lambda ids: _build(ids).order_by().values("kind").annotate(n=Count("pk")).order_by("kind").values_list("kind", "n"), "many"
)


@pytest.fixture
def organisations():
    days = (None, date(2011, 9, 1), date(1952, 10, 1), None)
    return [Organisation.everywhere.create(name=f"校{n}", kind="school", path=f"zz{n:02d}", opened_on=day) for n, day in enumerate(days)]


def test_objects_rows_and_counts_are_those_of_the_query(organisations):
    ids = [one.pk for one in organisations]
    for wanted in (ids, ids[1:3], ids[:1], [], [*ids, *ids, 10**9]):
        assert by_id(wanted) == list(_build(wanted))
        assert counted(wanted) == list(_build(wanted).order_by().values_list("kind").annotate(n=Count("pk")))
    found = by_id(ids)[0]
    assert (found.name, found._state.adding, found._state.db) == ("校0", False, "default")


def test_each_value_goes_to_its_own_place(organisations):
    ids = [one.pk for one in organisations]
    for least in (0, ids[1], ids[-1]):
        assert [row[0] for row in names(ids, least)] == [pk for pk in ids if pk > least]


def test_days_are_days(organisations):
    ids = [one.pk for one in organisations]
    assert [row[2] for row in names(ids, 0)] == [None, date(2011, 9, 1), date(1952, 10, 1), None]
