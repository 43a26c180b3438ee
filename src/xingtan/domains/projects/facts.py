"""What a project says beside its title and its application days, and what of it is refused."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, TypedDict

from pydantic import ValidationError

from xingtan.core.selection import Conditions
from xingtan.foundation.refusal import Refused

from .models import Project
from .rules import Why
from .states import Way

CODE = re.compile(r"[a-z][a-z0-9_]{0,29}")
MOST_CATEGORIES = 40
MOST_SEATS = 1_000_000


class Category(TypedDict):
    """A category (类别) of seats: its code, its names, how many are planned, whether only those it is meant for get them."""

    code: str
    label: str
    label_en: str
    seats: int
    is_reserved: bool


class More(TypedDict, total=False):
    """What may be given beside title, tier, kind and application days."""

    has_seats: bool
    ways: Sequence[Way | str]
    approval_steps: int
    starts_on: date | None
    ends_on: date | None
    venue: str
    earmarked_centi: int
    conditions: Mapping[str, Any]
    categories: Sequence[Category]


def take(project: Project, more: Mapping[str, Any]) -> None:
    """The project's row carries what was given, lists and tables in their plain form."""
    for name, value in more.items():
        setattr(project, name, value)
    project.ways = [Way(way).value for way in project.ways]
    project.venue = project.venue.strip()
    project.conditions = read_conditions(project.conditions)
    project.categories = [plain(one) for one in project.categories]


def plain(category: Mapping[str, Any]) -> Category:
    """The category with every key, its words stripped."""
    code, label, label_en = (str(category.get(name, "")).strip() for name in ("code", "label", "label_en"))
    seats, is_reserved = int(category.get("seats", 0)), bool(category.get("is_reserved", False))
    return {"code": code, "label": label, "label_en": label_en, "seats": seats, "is_reserved": is_reserved}


def refuse_more(project: Project, bounds: tuple[date, date]) -> Why | None:
    """Why these facts may not stand: training days outside the year or backwards, ways without seats, categories that do not tell apart."""
    first, last = project.starts_on, project.ends_on
    if first and last and first > last:
        return Why("project_training_backwards")
    if (first and first < bounds[0]) or (last and last > bounds[1]):
        return Why("project_outside_year")
    if not 0 <= project.approval_steps <= 2:
        return Why("project_steps_unknown")
    if project.has_seats and not project.ways:
        return Why("project_without_ways")
    return refuse_categories(project.categories)


def refuse_categories(categories: Sequence[Category]) -> Why | None:
    """Why these categories may not stand: a code that is none or is there twice, no name, seats that are no count."""
    codes = [one["code"] for one in categories]
    if len(codes) > MOST_CATEGORIES:
        return Why("categories_too_many")
    if any(not CODE.fullmatch(code) for code in codes):
        return Why("category_code_wrong")
    if len(set(codes)) < len(codes):
        return Why("category_twice")
    if any(not one["label"] for one in categories):
        return Why("category_without_name")
    return Why("category_seats_wrong") if any(not 0 <= one["seats"] <= MOST_SEATS for one in categories) else None


def category_of(project: Project, code: str) -> Category | None:
    """The project's category with this code; None where it has none."""
    return next((plain(one) for one in project.categories if one["code"] == code), None)


def seats_planned(project: Project) -> int:
    """How many seats the project's categories plan together."""
    return sum(one["seats"] for one in project.categories)


def read_conditions(conditions: Mapping[str, Any]) -> dict[str, Any]:
    """The conditions in their plain form, only those that are set; `Refused` where nobody could meet them or a name is unknown."""
    try:
        return Conditions.model_validate(dict(conditions)).model_dump(mode="json", exclude_defaults=True)
    except ValidationError:
        raise Refused("conditions_wrong") from None
