"""Reading claims: lists of a branch, a teacher's own, what is recognised already of a conversion."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from django.db.models import Count, Q

from xingtan.core.policy import Way, conversion_for, way_of
from xingtan.domains.policies import api as policies
from xingtan.domains.recognition.models import Claim, Document, Step, TrainingMember
from xingtan.domains.recognition.rules import OFFSET_WAY, Outlook, outlook
from xingtan.domains.recognition.states import ClaimState
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.people.roles import Actor, Role
from xingtan.foundation.refusal import NotInScope
from xingtan.foundation.scope.branch import Scope
from xingtan.foundation.scope.gate import ScopedQuerySet

from .trainings import StepView, with_people


class Wanted(NamedTuple):
    """What of the claims is wanted; empty fields want everything."""

    state: str = ""
    way: str = ""
    q: str = ""


def claims_in(scope: Scope, year: policies.TrainingYear, wanted: Wanted) -> ScopedQuerySet[Claim]:
    """The branch's claims of the year."""
    found = Claim.objects.within(scope).filter(training_year=year).select_related("teacher", "school", "training_year__pack", "training")
    if wanted.state:
        found = found.filter(state=wanted.state)
    if wanted.way:
        found = found.filter(way=wanted.way)
    if words := " ".join(wanted.q.split())[:60]:
        found = found.filter(Q(teacher__name__contains=words) | Q(school__name__contains=words) | Q(title__contains=words))
    return found


def claim_counts(rows: ScopedQuerySet[Claim]) -> dict[ClaimState, int]:
    """How many of the rows are in each state; every state is there."""
    counted = rows.order_by().values_list("state").annotate(n=Count("pk"))
    return dict.fromkeys(ClaimState, 0) | {ClaimState(state): n for state, n in counted}


def ids_of(teacher_id: int | None) -> list[int]:
    """The ids under which the person's rows may stand: the own one, and those of records that were merged into it."""
    return list(teachers.whose([teacher_id])) if teacher_id else []


def claim_in(actor: Actor, public_id: str) -> Claim:
    """The claim with this public id: a teacher's own, or one of the office's branch; `NotInScope` where there is none."""
    own = Claim.everywhere.filter(teacher_id__in=ids_of(actor.teacher_id))
    rows = own if actor.role is Role.TEACHER else Claim.objects.within(actor.scope)
    found = rows.filter(public_id=public_id).select_related("teacher", "school", "training_year__pack", "training").first()
    if found is None:
        raise NotInScope
    return found


def claims_of(teacher_id: int) -> list[Claim]:
    """Everything that the teacher claimed or was given, the latest first."""
    rows = Claim.everywhere.filter(teacher_id__in=ids_of(teacher_id)).select_related("training_year__pack", "school")
    return list(rows.order_by("-happened_on", "-pk"))


def documents_of_claim(claim: Claim) -> list[Document]:
    """The claim's documents, those of its training as well."""
    of = Q(claim=claim) | Q(training_id=claim.training_id) if claim.training_id else Q(claim=claim)
    return list(Document.objects.filter(of).select_related("file").order_by("pk"))


def steps_of_claim(claim: Claim) -> list[StepView]:
    """The life of the claim, the first step first."""
    return with_people(list(Step.objects.filter(claim=claim).select_related("organisation").order_by("at", "pk")))


def taken_of(teacher_id: int, year: policies.TrainingYear, way: Way) -> int:
    """Hundredths of an hour that are recognised already of everything that shares the way's conversion, this year."""
    policy = policies.policy_of(year)
    conversion = conversion_for(policy, way)
    rows = Claim.everywhere.filter(teacher_id__in=ids_of(teacher_id), training_year=year, state=ClaimState.RECOGNISED).exclude(
        way=OFFSET_WAY
    )
    total = 0
    for code, worth in rows.values_list("way", "worth_centi"):
        other = way_of(policy, code)
        total += worth if other is not None and conversion_for(policy, other) == conversion else 0
    return total


def outlook_of(claim: Claim) -> Outlook | None:
    """What the claim would bring, its cap, and what is taken of that already; None for a duty."""
    way = way_of(policies.policy_of(claim.training_year), claim.way)
    if way is None:
        return None
    taken = taken_of(claim.teacher_id, claim.training_year, way) - claim.worth_centi
    return outlook(policies.policy_of(claim.training_year), way, claim.amount_centi, taken)


def waiting_claims(scope: Scope) -> int:
    """How many claims of the branch wait."""
    return Claim.objects.within(scope).filter(state=ClaimState.CLAIMED).count()


def may_read_file(actor: Actor, file_id: int) -> bool:
    """True for the teacher whose claim or training it belongs to, and for the school and offices of the branch."""
    rows = Document.objects.filter(file_id=file_id)
    if actor.teacher_id is not None:
        own = ids_of(actor.teacher_id)
        trainings = TrainingMember.objects.filter(teacher_id__in=own).values("training_id")
        return rows.filter(Q(claim__teacher_id__in=own) | Q(training_id__in=trainings)).exists()
    paths: Collection[str | None] = [path for pair in rows.values_list("claim__school__path", "training__school__path") for path in pair]
    return actor.role is not Role.VISITOR and any(actor.scope.holds(path) for path in paths if path)
