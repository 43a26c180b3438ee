"""Reading batches, what stands in the way of undoing one, and what an office has said of headings."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Func, IntegerField, Q, QuerySet, Sum

from xingtan.domains.teachers import api as teachers
from xingtan.foundation.db.references import referenced
from xingtan.foundation.people.roles import OPERATOR, Actor
from xingtan.foundation.refusal import NotInScope
from xingtan.foundation.scope.branch import Scope
from xingtan.foundation.scope.models import Organisation
from xingtan.foundation.scope.tree import ancestors

from .layout import headings_digest
from .models import HeadingSet, RosterBatch, RosterPortion


def batches_in(scope: Scope) -> QuerySet[RosterBatch]:
    """Every batch of the branch's offices, the newest first; the operator's own stand under no office."""
    return RosterBatch.objects.within(scope).select_related("organisation", "file").order_by("-pk")


def batch_in(scope: Scope, public_id: str) -> RosterBatch:
    """The batch with this public id in the branch; `NotInScope` where there is none."""
    everywhere = RosterBatch.everywhere.filter(organisation=None) if scope == OPERATOR.scope else RosterBatch.everywhere.none()
    found: RosterBatch | None = batches_in(scope).filter(public_id=public_id).first() or everywhere.filter(public_id=public_id).first()
    if found is None:
        raise NotInScope
    return found


@dataclass(frozen=True, slots=True)
class Written:
    """How far a batch is: portions, people registered and changed, and how much of it is taken back."""

    portions: int
    new: int
    changed: int
    undone_portions: int


class _Length(Func):
    """How many items a list kept as JSON has."""

    function, output_field = "json_array_length", IntegerField()

    def as_postgresql(self, *args: object, **kwargs: object) -> tuple[str, Sequence[object]]:
        """The same on PostgreSQL."""
        return self.as_sql(*args, function="jsonb_array_length", **kwargs)  # type: ignore[arg-type, misc]  # -- Django's hook


def written_of(batch_ids: Collection[int]) -> dict[int, Written]:
    """What each of these batches has done so far."""
    portions = RosterPortion.objects.filter(batch_id__in=batch_ids).order_by().values("batch_id")
    undone = Count("pk", filter=Q(is_undone=True))
    told = portions.annotate(n=Count("pk"), new=Sum(_Length(F("new_ids"))), changed=Sum(_Length(F("changed_ids"))), undone=undone)
    return {one["batch_id"]: Written(one["n"], one["new"], one["changed"], one["undone"]) for one in told}


def obstacles_of(portion: RosterPortion) -> dict[int, str]:
    """For each teacher of the portion that keeps it from being undone, why: a used account, a later change, a table that names them."""
    found = teachers.what_stands_on(portion.new_ids, portion.new_account_ids)
    found |= dict.fromkeys(teachers.changed_since(portion.before["teachers"]), "changed")
    later = RosterPortion.objects.filter(pk__gt=portion.pk, is_undone=False).exclude(changed_ids=[])
    own = set(portion.new_ids)
    for changed in later.values_list("changed_ids", flat=True).iterator():
        found |= dict.fromkeys(own.intersection(changed), "changed")
    return found


def obstacles(batch: RosterBatch, most: int = 20) -> Iterator[tuple[teachers.Teacher, str]]:
    """The first people who keep the batch from being undone, and why."""
    found: dict[int, str] = {}
    for portion in RosterPortion.objects.filter(batch=batch, is_undone=False).iterator():
        found |= obstacles_of(portion)
        if len(found) >= most:
            break
    people = teachers.teachers_by_id(list(found)[:most])
    return ((people[pk], found[pk]) for pk in people)


def schools_in_use(ids: Collection[int]) -> set[int]:
    """Which of these schools something stands on."""
    return set(referenced(Organisation, ids, but=frozenset()))


def headings_told(actor: Actor, headings: Sequence[str]) -> dict[str, str]:
    """What the office, or the nearest one above that did, has said of exactly these headings; else what it said of each of them before."""
    offices: list[int] = []
    if actor.organisation_id is not None:
        offices = [node.pk for node in ancestors(Organisation.everywhere.get(pk=actor.organisation_id))][::-1]
    sets = HeadingSet.everywhere.filter(organisation_id__in=offices, digest=headings_digest(headings))
    known = {one.organisation_id: dict(one.columns) for one in sets}
    if actor.organisation_id is None and (own := HeadingSet.everywhere.filter(organisation=None, digest=headings_digest(headings)).first()):
        return dict(own.columns)
    return next((known[pk] for pk in offices if pk in known), {})


def headings_proposed(actor: Actor, headings: Sequence[str]) -> dict[str, str]:
    """For headings that nobody explained in this company: the column that the office said they are in another file."""
    told: dict[str, str] = {}
    for columns in HeadingSet.everywhere.filter(organisation=actor.organisation_id).order_by("told_at").values_list("columns", flat=True):
        told |= {name: key for name, key in columns.items() if name in headings}
    return told
