"""Changing the tree with dates. No unit ever gets another path: one that moves is succeeded by a new one, so that scopes stay right."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db.models import Q

from xingtan.foundation.refusal import Refused

from .models import FormerName, Organisation, Succession
from .tree import add_children


def hold_open(ids: Collection[int]) -> list[Organisation]:
    """These organisations, held until the transaction ends, by path; refused when one of them is closed."""
    held = list(Organisation.everywhere.select_for_update(of=("self",)).filter(pk__in=ids).order_by("path"))
    if any(one.closed_on is not None for one in held):
        raise Refused("school_not_open")
    return held


def rename(organisation: Organisation, name: str, *, since: date, by: int | None, now: datetime) -> None:
    """The organisation bears the new name from that day on; the old one is kept for documents of before. Refused where a sibling has it."""
    if Organisation.everywhere.filter(parent_id=organisation.parent_id, name=name).exclude(pk=organisation.pk).exists():
        raise Refused("school_exists", name=name)
    _keep_name(organisation, since, by, now)
    organisation.name, organisation.name_en = name, ""
    organisation.save(update_fields=["name", "name_en"])


def _keep_name(organisation: Organisation, until: date, by: int | None, now: datetime) -> None:
    FormerName.objects.create(
        organisation=organisation, name=organisation.name, code=organisation.code, until_on=until, changed_at=now, changed_by_id=by
    )


def close(organisation: Organisation, on: date) -> None:
    """The organisation is closed from that day on; its rows, and who may see them, stay."""
    organisation.closed_on = on
    organisation.save(update_fields=["closed_on"])


def open_successor(old: Organisation, parent: Organisation, *, since: date, by: int | None, now: datetime) -> Organisation:
    """A new unit under the parent bears name and code of the old one, which is closed and gives up its code."""
    if Organisation.everywhere.filter(parent=parent, name=old.name).exists():
        raise Refused("school_exists", name=old.name)
    values = {key: getattr(old, key) for key in ("kind", "code", "name", "name_en", "is_rural")}
    _keep_name(old, since, by, now)
    old.code, old.closed_on = "", since
    old.save(update_fields=["code", "closed_on"])
    [made] = add_children(parent, [{**values, "opened_on": since}])
    return made


def succeed(
    pairs: Collection[tuple[Organisation, Organisation]], act: str, *, since: date, reason: str, by: int | None, now: datetime
) -> None:
    """Each second unit is a successor of the first, from that day on."""
    rows = [
        Succession(predecessor=old, successor=new, act=act, since=since, reason=reason, decided_at=now, decided_by_id=by)
        for old, new in pairs
    ]
    Succession.objects.bulk_create(rows)


def history_of(organisation: Organisation) -> tuple[list[FormerName], list[Succession]]:
    """The names it bore before, and the units it came from or went into, the latest first."""
    names = FormerName.objects.filter(organisation=organisation).order_by("-until_on", "-pk")
    acts = Succession.objects.filter(Q(predecessor=organisation) | Q(successor=organisation)).select_related("predecessor", "successor")
    return list(names), list(acts.order_by("-since", "-pk"))


def names_on(ids: Collection[int], day: date) -> dict[int, str]:
    """What each of these organisations was called that day: documents about an earlier day print it."""
    found = dict(Organisation.everywhere.filter(pk__among=ids).values_list("pk", "name"))
    later = FormerName.objects.filter(organisation_id__among=ids, until_on__gt=day).order_by("-until_on", "-pk")
    return found | dict(later.values_list("organisation_id", "name"))
