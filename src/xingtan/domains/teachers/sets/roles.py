"""The role of a teacher ends with the post and comes back with it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from xingtan.foundation.people.grants import close_grants
from xingtan.foundation.people.models import Grant
from xingtan.foundation.people.roles import Role

from .occasion import Occasion


def end_teacher_roles(account_ids: Collection[int], occasion: Occasion) -> None:
    """These accounts act as teachers no more; their other roles stay."""
    close_grants(Grant.objects.filter(account_id__among=account_ids, role=Role.TEACHER.value), now=occasion.now)


def hold_teacher_roles(rows: Iterable[tuple[int, int]], occasion: Occasion) -> None:
    """Each account (first) acts as a teacher at the school (second) from today on, and nowhere else."""
    for account_id, school_id in rows:
        held = Grant.objects.filter(account_id=account_id, role=Role.TEACHER.value, to_on=None, ended_at=None)
        close_grants(held.exclude(organisation_id=school_id), now=occasion.now)
        if not held.filter(organisation_id=school_id).exists():
            values: dict[str, Any] = {"to_on": None, "ended_at": None, "granted_by_id": occasion.account_id}
            known: dict[str, Any] = {
                "account_id": account_id,
                "role": Role.TEACHER.value,
                "organisation_id": school_id,
                "from_on": occasion.today,
            }
            Grant.objects.update_or_create(**known, defaults=values)
