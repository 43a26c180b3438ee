"""Reading notices, signatures, objections and their trails."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet

from xingtan.foundation.people.models import Account
from xingtan.foundation.refusal import NotInScope
from xingtan.foundation.scope.branch import Scope
from xingtan.foundation.scope.gate import ScopedQuerySet
from xingtan.foundation.scope.models import Organisation

from .models import STANDING, Notice, NoticeReader, NoticeSignature, Objection, ObjectionStep
from .states import NoticeState, ObjectionState, StepKind


def notices_about(kind: str, subject_id: int) -> QuerySet[Notice]:
    """Every notice about this row, the newest first."""
    return Notice.everywhere.filter(kind=kind, subject_id=subject_id).select_related("organisation").order_by("-edition")


def standing_notice(kind: str, subject_id: int) -> Notice | None:
    """The notice about this row that stands, or None."""
    return notices_about(kind, subject_id).filter(state=NoticeState.PUBLISHED).first()


def posted_notices(kind: str, day: date) -> QuerySet[Notice]:
    """The notices of this kind that are posted or take objections on this day, the newest first."""
    found = Notice.everywhere.filter(kind=kind, state=NoticeState.PUBLISHED, opens_on__lte=day, objections_until__gte=day)
    return found.select_related("organisation").order_by("-opens_on", "-pk")


def notice_named(kind: str, public_id: str) -> Notice:
    """The notice of this kind with this public id; `NotInScope` where there is none."""
    found = Notice.everywhere.filter(kind=kind, public_id=public_id).select_related("organisation").first()
    if found is None:
        raise NotInScope
    return found


class Signed(NamedTuple):
    """How many have signed of how many who have to."""

    done: int
    total: int

    @property
    def missing(self) -> int:
        """How many have not."""
        return self.total - self.done


def signed(notice: Notice, scope: Scope) -> Signed:
    """How many offices of the branch have signed for the notice."""
    rows = NoticeSignature.objects.within(scope).filter(notice=notice)
    counted = rows.aggregate(done=Count("pk", filter=Q(signed_at__isnull=False)), total=Count("pk"))
    return Signed(counted["done"], counted["total"])


def signatures(notice: Notice, scope: Scope) -> ScopedQuerySet[NoticeSignature]:
    """The branch's signatures, the missing ones first, with the offices."""
    return (
        NoticeSignature.objects.within(scope)
        .filter(notice=notice)
        .select_related("organisation")
        .order_by("signed_at", "organisation__path")
    )


def signature_of(notice: Notice, organisation_id: int | None) -> NoticeSignature | None:
    """The office's own signature, signed or not; None when it does not sign for this notice."""
    return NoticeSignature.everywhere.filter(notice=notice, organisation_id=organisation_id or 0).first()


def reader_count(notice: Notice) -> int:
    """How many people have opened what the notice says of them."""
    return NoticeReader.objects.filter(notice=notice).count()


def objections_in(
    scope: Scope, notice_ids: list[int], *, state: str = "", q: str = "", handler_id: int | None = None, overdue_on: date | None = None
) -> ScopedQuerySet[Objection]:
    """The branch's objections to these notices, filtered, with office, handler and who is asked; `open` is every state that is not decided."""
    found = Objection.objects.within(scope).filter(notice_id__in=notice_ids)
    if state:
        found = found.filter(state__in=STANDING if state == "open" else [state])
    if q:
        words = Q(concern_name__contains=q) | Q(organisation__name__contains=q) | Q(text__contains=q)
        found = found.filter(words | Q(number=int(q)) if q.isascii() and q.isdigit() and len(q) < 9 else words)
    if handler_id is not None:
        found = found.filter(handler_id=handler_id)
    if overdue_on is not None:
        found = found.filter(state__in=STANDING, due_on__lt=overdue_on)
    return found.select_related("organisation__parent", "handler", "asked", "notice")


class Tally(NamedTuple):
    """Objections in numbers; `changed` are the upheld ones after which a verdict was another, `unfollowed` those not yet determined anew."""

    total: int
    open: int
    upheld: int
    not_upheld: int
    withdrawn: int
    overdue: int
    changed: int
    unfollowed: int


def tally(scope: Scope, notice_ids: list[int], day: date) -> Tally:
    """The branch's objections to these notices in numbers, in one query."""
    is_open, is_upheld = Q(state__in=STANDING), Q(state=ObjectionState.UPHELD)
    counted = (
        Objection.objects.within(scope)
        .filter(notice_id__in=notice_ids)
        .aggregate(
            total=Count("pk"),
            open=Count("pk", filter=is_open),
            upheld=Count("pk", filter=is_upheld),
            not_upheld=Count("pk", filter=Q(state=ObjectionState.NOT_UPHELD)),
            withdrawn=Count("pk", filter=Q(state=ObjectionState.WITHDRAWN)),
            overdue=Count("pk", filter=is_open & Q(due_on__lt=day)),
            changed=Count("pk", filter=is_upheld & Q(effect__is_changed=True)),
            unfollowed=Count("pk", filter=is_upheld & Q(effect={})),
        )
    )
    return Tally(**counted)


def objection_in(scope: Scope, public_id: str) -> Objection:
    """The branch's objection with this public id; `NotInScope` where there is none."""
    found = Objection.objects.within(scope).filter(public_id=public_id)
    row = found.select_related("organisation__parent", "handler", "asked", "notice", "file").first()
    if row is None:
        raise NotInScope
    return row


def objections_of(account_id: int, kind: str) -> QuerySet[Objection]:
    """Every objection that concerns this person, the newest first."""
    return (
        Objection.everywhere.filter(account_id=account_id, notice__kind=kind).select_related("notice", "handler", "asked").order_by("-pk")
    )


@dataclass(frozen=True, slots=True)
class TrailStep:
    """One step in words' reach: what, when, who of which office, to whom, and what was said."""

    kind: StepKind
    at: datetime
    person: str
    office: str
    to: str
    words: str


def trail_of(objection: Objection) -> list[TrailStep]:
    """The objection's steps in order, with people and offices by name, in three queries."""
    steps = list(ObjectionStep.objects.filter(objection=objection).order_by("pk"))
    people = _names(Account, {pk for step in steps for pk in (step.account_id, step.to_account_id) if pk})
    offices = {pk: str(one) for pk, one in Organisation.everywhere.in_bulk(
        {pk for step in steps for pk in (step.organisation_id, step.to_organisation_id) if pk}
    ).items()}  # fmt: skip
    return [
        TrailStep(
            StepKind(step.kind),
            step.at,
            people.get(step.account_id or 0, ""),
            offices.get(step.organisation_id or 0, ""),
            people.get(step.to_account_id or 0, "") or offices.get(step.to_organisation_id or 0, ""),
            step.words,
        )
        for step in steps
    ]


def _names(model: type[Account], ids: set[int]) -> Mapping[int, str]:
    return dict(model.objects.filter(pk__in=ids).values_list("pk", "name"))
