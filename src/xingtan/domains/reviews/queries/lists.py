"""Lists of batches, late entries and appeals, by branch."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db.models import Count, Q

from xingtan.domains.credits.api import EntryState
from xingtan.domains.reviews.models import Appeal, AppealStep, BatchSample, LateEntry, ReviewBatch
from xingtan.domains.reviews.states import AppealState, BatchState, LateState
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.people.models import Account
from xingtan.foundation.people.roles import Actor
from xingtan.foundation.refusal import NotInScope
from xingtan.foundation.scope.branch import Scope
from xingtan.foundation.scope.gate import ScopedQuerySet


def batch_named(actor: Actor, public_id: str) -> ReviewBatch:
    """The batch of the actor's own office with this address; `NotInScope` for another's."""
    found = ReviewBatch.objects.within(actor.scope).select_related("training_year__pack")
    one = found.filter(public_id=public_id, organisation_id=actor.organisation_id or 0).first()
    if one is None:
        raise NotInScope
    return one


def batches_of(actor: Actor, training_year_id: int) -> ScopedQuerySet[ReviewBatch]:
    """The batches of the actor's office in this year, the newest first."""
    found = ReviewBatch.objects.within(actor.scope).filter(organisation_id=actor.organisation_id or 0, training_year_id=training_year_id)
    return found.defer("entry_ids").order_by("-pk")


def drawn_batch(actor: Actor, training_year_id: int, step: str) -> ReviewBatch | None:
    """The batch that the actor drew at this step and has not passed yet."""
    return batches_of(actor, training_year_id).filter(step=step, state=BatchState.DRAWN, drawn_by_id=actor.account_id).first()


def samples_of(batch: ReviewBatch) -> list[BatchSample]:
    """The batch's sample in the order of its drawing."""
    return list(BatchSample.objects.filter(batch=batch).select_related("entry__teacher", "entry__school").order_by("place"))


def states_by_entry(entry_ids: Collection[int]) -> dict[int, str]:
    """Where each of the entries stands."""
    return dict(EntryState.everywhere.filter(pk__among=entry_ids).values_list("pk", "state"))


def late_entries_in(scope: Scope, state: LateState | None = None, q: str = "") -> ScopedQuerySet[LateEntry]:
    """The branch's requests (in one state) by part of a teacher's, school's or activity's name, the newest first."""
    found = LateEntry.objects.within(scope).select_related("teacher", "school", "office", "training_year__pack", "document")
    if state is not None:
        found = found.filter(state=state)
    if q:
        found = found.filter(Q(teacher__name__contains=q) | Q(school__name__contains=q) | Q(title__contains=q))
    return found.order_by("-pk")


def late_named(scope: Scope, public_id: str) -> LateEntry:
    """The request with this address in the branch; `NotInScope` where there is none."""
    one = late_entries_in(scope).filter(public_id=public_id).first()
    if one is None:
        raise NotInScope
    return one


def appeals_in(scope: Scope, state: AppealState | None = None, q: str = "") -> ScopedQuerySet[Appeal]:
    """The branch's appeals (in one state) by part of a teacher's or school's name, those to be answered first."""
    found = Appeal.objects.within(scope).select_related("teacher", "school", "office", "training_year__pack", "entry", "late_entry")
    if state is not None:
        found = found.filter(state=state)
    if q:
        found = found.filter(Q(teacher__name__contains=q) | Q(school__name__contains=q))
    return found.order_by("answer_by", "-pk")


def appeal_named(scope: Scope, public_id: str) -> Appeal:
    """The appeal with this address in the branch; `NotInScope` where there is none."""
    one = appeals_in(scope).filter(public_id=public_id).first()
    if one is None:
        raise NotInScope
    return one


def own_appeals(teacher_id: int | None) -> list[Appeal]:
    """A teacher's own appeals, the newest first."""
    persons = teachers.whose([teacher_id]) if teacher_id else {}
    found = Appeal.everywhere.filter(teacher_id__among=persons).select_related("office", "training_year", "entry", "late_entry", "school")
    return list(found.order_by("-pk")) if persons else []


def own_appeal(teacher_id: int | None, public_id: str) -> Appeal:
    """A teacher's own appeal; `NotInScope` for another's."""
    one = next((one for one in own_appeals(teacher_id) if one.public_id == public_id), None)
    if one is None:
        raise NotInScope
    return one


def steps_of_appeal(one: Appeal) -> list[tuple[AppealStep, str]]:
    """The appeal's trail, each step with the name of who took it."""
    steps = list(AppealStep.objects.filter(appeal=one).select_related("organisation").order_by("pk"))
    names = dict(Account.objects.filter(pk__in=[step.account_id for step in steps if step.account_id]).values_list("pk", "name"))
    return [(step, names.get(step.account_id or 0, "")) for step in steps]


def state_tally(rows: ScopedQuerySet[LateEntry] | ScopedQuerySet[Appeal]) -> Mapping[str, int]:
    """How many of a list stand in each state."""
    return dict(rows.order_by().values_list("state").annotate(n=Count("pk")))
