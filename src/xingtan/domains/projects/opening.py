"""Whom a draft is for: its conditions to take part and its categories of seats."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.people.roles import Actor, require

from .access import PUBLISH
from .facts import Category, plain, read_conditions, refuse_categories
from .held import draft_held, raise_why
from .models import Project


@atomic
def set_conditions(*, actor: Actor, project_id: int, conditions: Mapping[str, Any], now: datetime) -> Project:
    """The draft asks this of who takes part (see core.selection); refused where it contradicts itself. Published conditions stay."""
    require(actor, PUBLISH)
    project = draft_held(actor, project_id)
    project.conditions = read_conditions(conditions)
    project.save(update_fields=["conditions"])
    record(actor, "projects.conditions_set", "project", [project.pk], now=now, detail={"conditions": sorted(project.conditions)})
    return project


@atomic
def set_categories(*, actor: Actor, project_id: int, categories: Sequence[Category], now: datetime) -> Project:
    """The draft's seats are of these categories, in this order."""
    require(actor, PUBLISH)
    project = draft_held(actor, project_id)
    wanted = [plain(one) for one in categories]
    raise_why(refuse_categories(wanted), project.training_year)
    project.categories = wanted
    project.save(update_fields=["categories"])
    record(actor, "projects.categories_set", "project", [project.pk], now=now, detail={"categories": [one["code"] for one in wanted]})
    return project
