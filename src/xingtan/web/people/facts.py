"""A teacher's dated facts in words, with when and by whom each was entered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xingtan.domains.teachers import api as teachers
from xingtan.foundation.people.models import Account
from xingtan.foundation.scope.changing import names_on
from xingtan.web.school.roster_words import history_of


def facts_told(teacher: teachers.Teacher, labels: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Each fact of the history, a school by the name it bore then, who entered it ("" for an import's own) and when."""
    facts = teachers.facts_of(teacher.pk)
    rows = history_of(teacher, labels)
    people = dict(Account.objects.filter(pk__in={one.entered_by_id for one in facts if one.entered_by_id}).values_list("pk", "name"))
    for fact, row in zip(facts, rows, strict=True):
        if fact.kind == teachers.FactKind.SCHOOL and fact.to_on:
            row["value"] = names_on([int(fact.value)], fact.to_on)[int(fact.value)]
        row |= {"entered_at": fact.entered_at, "by": people.get(fact.entered_by_id or 0, ""), "is_imported": fact.job_id is not None}
    return rows
