"""Codes of the register in words, as its pages list and filter them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from xingtan.domains.teachers import api as teachers
from xingtan.foundation.scope.models import Organisation
from xingtan.web.http import Request

FACT_LABELS = {
    "school": _("School"),
    "stage": _("Stage"),
    "subject": _("Subject"),
    "position": _("Position"),
    "title": _("Title"),
    "hired_on": _("Hired on"),
    "honour": _("Honour"),
    "status": _("Status"),
    "name": _("Name"),
    "phone": _("Mobile number"),
}


def filter_choices(request: Request, labels: Mapping[str, Mapping[str, Any]], keys: Iterable[str]) -> list[dict[str, Any]]:
    """The filters of the list: key, label, and its values with the chosen one marked."""
    return [
        {
            "key": key,
            "label": FACT_LABELS[key],
            "values": [(value, label, request.GET.get(key) == value) for value, label in labels[key].items() if value],
        }
        for key in keys
    ]


def history_of(teacher: teachers.Teacher, labels: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The teacher's dated facts in words; old names and phones stay closed."""
    facts = teachers.facts_of(teacher.pk)
    schools = Organisation.everywhere.in_bulk([int(fact.value) for fact in facts if fact.kind == "school"])
    rows = []
    for fact in facts:
        said: object = labels.get(fact.kind, {}).get(fact.value, fact.value)
        if fact.kind == "school":
            said = schools[int(fact.value)]
        elif fact.kind in ("name", "phone"):
            said = "***"
        rows.append({"label": FACT_LABELS[fact.kind], "value": said, "from_on": fact.from_on, "to_on": fact.to_on})
    return rows
