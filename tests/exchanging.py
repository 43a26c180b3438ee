"""The cast of `studying` with a provider's claims; used by the tests of the exchange and of its pages."""

from __future__ import annotations

import csv
from datetime import date, datetime
from importlib import import_module

from tests import studying
from tests.enrolling import LATER, actor_of, assign, teachers
from xingtan.core.calendar import SHANGHAI
from xingtan.domains.exchange import api as exchange
from xingtan.domains.projects import api as projects
from xingtan.domains.teachers.models import Teacher
from xingtan.foundation.people.roles import Role
from xingtan.foundation.scope.tree import add_children

DAY = date(2026, 11, 10)
HOUR = 3600
FILE = exchange.Parcel(exchange.Channel.FILE, "records.csv")
HEADINGS = [exchange.HEADINGS[one] for one in exchange.FIELDS]


def at(hour, minute=0, day=DAY):
    """Epoch seconds of a moment of that local day."""
    return int(datetime(day.year, day.month, day.day, hour, minute, tzinfo=SHANGHAI).timestamp())


def build():
    """Lin and a colleague, Bai, who chose course A of the provider; a second provider with an offer of its own that both chose."""
    cast = studying.build()
    box = import_module("xingtan.domains.teachers.queries").NUMBER_BOX
    Teacher.everywhere.filter(pk=cast.lin_teacher.pk).update(number_index=box.index("NUMBERLIN"))
    [cast.bai] = teachers(cast.school, 1)
    Teacher.everywhere.filter(pk=cast.bai.pk).update(number_index=box.index("NUMBERBAI"))
    assign(cast, [cast.bai], "A", "own", actor=cast.chen)
    cast.a = cast.offers["A"].pk
    return cast


def second_provider(cast):
    """Another provider, who also takes over offer C of the project; its staff."""
    (other,) = add_children(cast.province, [{"kind": "provider", "name": "赣鄱师训网"}])
    cast.other, cast.other_staff = other, actor_of(Role.PROVIDER_STAFF, other)
    projects.Offer.objects.filter(pk=cast.offers["C"].pk).update(provider=other)
    return cast


def said(cast, number, *, begin=None, seconds=HOUR, teacher=None, offer=None, **more):
    """A claim of Lin for course A: from a moment, or a sum up to that day."""
    day = more.pop("day", DAY)
    times = {"from_at": begin, "until_at": begin + more.pop("span", seconds)} if begin else {}
    first = day if begin else more.pop("first", None)
    who = (teacher or cast.lin_teacher).pk
    return exchange.Said(number, who, cast.offers[offer or "A"].pk, seconds, first, day, **times, **more)


def deliver(cast, *claims, actor=None, parcel=FILE, now=LATER):
    """The provider delivers these claims."""
    return exchange.deliver(actor=actor or cast.staff, claims=list(claims), parcel=parcel, now=now)


def row(cast, number="R1", seconds="3600", day="2026-11-10", **more):
    """A row of a file as typed; Lin's unless told otherwise."""
    cells = {"number": number, "identity": "NUMBERLIN", "name": cast.lin_teacher.name, "title": "课程A", "seconds": seconds, "day": day}
    cells |= more
    return [cells.get(one.value, "") for one in exchange.FIELDS]


def write_csv(folder, *rows, headings=None, name="records.csv", encoding="utf-8-sig"):
    """The rows as a CSV file."""
    place = folder / name
    with place.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows([headings or HEADINGS, *rows])
    return place


def counted():
    """What counts of each claim that stands, by its number."""
    rows = exchange.Judgement.objects.filter(until_at=None).values_list("claim__number", "counted_s")
    return dict(rows)
