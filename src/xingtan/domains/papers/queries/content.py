"""What a paper says, as plain data: made from the register for many people at once, frozen when it is printed, made anew to compare."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.utils import translation

from xingtan.domains.certificates import api as certificates
from xingtan.domains.credits import api as credits_room
from xingtan.domains.determination import api as determination_room
from xingtan.domains.papers.states import Kind
from xingtan.domains.policies import api as policies
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.scope.changing import names_on
from xingtan.foundation.scope.models import Organisation

from .asking import Asked, years_of
from .lines import Content, lines_of, parts_of

FORM = 1
CHINESE = "zh-hans"


def contents_of(asked: Asked, people: Collection[teachers.Teacher], school: Organisation) -> dict[int, Content]:
    """Each person's paper by teacher id, in a fixed number of queries for each year; the same register gives the same content."""
    years = years_of(asked, school)
    ids = [one.pk for one in people]
    standing, lines = _years(ids, years), lines_of(asked, ids, years)
    parts = parts_of(ids, years[0]) if asked.kind is Kind.YEAR and years else {}
    names = names_on({one.school_id for one in people}, asked.to_on)
    with translation.override(CHINESE):
        return {
            one.pk: _head(asked)
            | {
                "person": person_of(one) | {"school": names[one.school_id]},
                "years": standing[one.pk],
                "parts": parts.get(one.pk, []),
                "lines": lines.get(one.pk, []),
            }
            | _sums(lines.get(one.pk, []))
            for one in people
        }


def roll_of(asked: Asked, people: Sequence[teachers.Teacher], school: Organisation) -> Content:
    """The school's list for title review: every person with the years of the cycle."""
    years, name = years_of(asked, school), names_on([school.pk], asked.to_on)[school.pk]
    standing = _years([one.pk for one in people], years)
    with translation.override(CHINESE):
        rows = [
            {
                "id": one.public_id,
                **person_of(one),
                "school": name,
                "years": standing[one.pk],
                "hours": sum(year["recognised"] for year in standing[one.pk]),
            }
            for one in people
        ]
    return _head(asked) | {"school": name, "rows": rows}


def _head(asked: Asked) -> Content:
    return {
        "form": FORM,
        "kind": asked.kind.value,
        "purpose": asked.purpose,
        "from": asked.from_on.isoformat(),
        "to": asked.to_on.isoformat(),
        "year": asked.training_year.year if asked.training_year else 0,
        "cycle": list(asked.cycle),
    }


def person_of(one: teachers.Teacher) -> Content:
    """Name, masked number, school, stage with subject, and title, in Chinese."""
    return {
        "name": one.name,
        "identity": certificates.masked_further(teachers.masked_number(one)),
        "school": str(one.school),
        "post": f"{teachers.STAGES[teachers.Stage(one.stage)]}{teachers.SUBJECTS[teachers.Subject(one.subject)]}",
        "title": str(teachers.TITLES[teachers.Title(one.title)]) if one.title else "",
    }


def _sums(lines: Sequence[Mapping[str, Any]]) -> Content:
    verified = sum(one["hours"] for one in lines if one["state"] == credits_room.State.VERIFIED)
    return {"hours": sum(one["hours"] for one in lines), "verified": verified}


def _years(ids: Collection[int], years: Sequence[policies.TrainingYear]) -> dict[int, list[Content]]:
    """Per person and training year the verdict that stands, and the number of the certificate's page that holds."""
    wanted = [year.pk for year in years]
    persons = teachers.whose(ids)
    rows = determination_room.Determination.everywhere.filter(
        teacher_id__among=persons, training_year_id__in=wanted, span=determination_room.YEAR, is_current=True
    )
    held = {
        (persons[row.teacher_id], row.training_year_id): row
        for row in sorted(rows, key=lambda row: row.teacher_id == persons[row.teacher_id])
    }
    pages = certificates.CertificatePage.everywhere.filter(
        certificate__teacher_id__among=persons, training_year_id__in=wanted, state=certificates.PageState.VALID
    )
    numbers = {
        (persons[teacher], year): text
        for teacher, year, text in pages.values_list("certificate__teacher_id", "training_year_id", "certificate__number")
    }
    found: dict[int, list[Content]] = defaultdict(list)
    for pk in ids:
        found[pk] = [_year(year, held.get((pk, year.pk)), numbers.get((pk, year.pk), "")) for year in years]
    return found


def _year(year: policies.TrainingYear, one: determination_room.Determination | None, number: str) -> Content:
    return {
        "year": year.year,
        "verdict": str(one.verdict) if one else "",
        "is_final": bool(one and one.examined_at),
        "required": one.required_centi if one else 0,
        "recognised": one.recognised_centi if one else 0,
        "verified": one.verified_centi if one else 0,
        "number": number,
    }
