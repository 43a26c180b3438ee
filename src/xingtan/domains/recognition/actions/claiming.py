"""A teacher (or the school for one) claims hours with documents; the school or the county decides, as the pack says."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import NamedTuple

from xingtan.core.calendar import local_day
from xingtan.core.policy import Way, WayKind
from xingtan.domains.policies import api as policies
from xingtan.domains.recognition.access import CLAIM, CLAIM_FOR, DECIDE_CLAIMS, reaches
from xingtan.domains.recognition.models import Claim
from xingtan.domains.recognition.queries.claims import ids_of
from xingtan.domains.recognition.rules import Year, missing_proofs, refuse_claim, refuse_claim_act
from xingtan.domains.recognition.states import Act, ClaimState
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.db import atomic, uuid7
from xingtan.foundation.inbox.send import tell
from xingtan.foundation.people.roles import Actor, Role, require
from xingtan.foundation.refusal import NotInScope, Refused

from .keeping import Papers, all_or_none, keep_papers, keep_steps, known_way, refuse_closed, refuse_declarer
from .recognising import tell_ledger, weigh

AFTER = {Act.RECOGNISED: ClaimState.RECOGNISED, Act.RETURNED: ClaimState.RETURNED, Act.WITHDRAWN: ClaimState.WITHDRAWN}
BY_HAND = (WayKind.ACHIEVEMENT, WayKind.ELSEWHERE)


class Claimed(NamedTuple):
    """What is claimed: the way, what it was, when, how much of the way's unit (hundredths), and who held or confirmed it."""

    way: str
    title: str
    happened_on: date
    amount_centi: int
    organiser: str = ""


@atomic
def claim(*, actor: Actor, training_year_id: int, claimed: Claimed, papers: Papers, teacher_id: int | None = None, now: datetime) -> Claim:
    """The claim waits for whoever the pack names; the very same of a teacher that waits or is recognised already is that one."""
    require(actor, CLAIM if actor.role is Role.TEACHER else CLAIM_FOR)
    year = policies.year_by_id(actor, training_year_id)
    way = known_way(year, claimed.way)
    refuse_closed(year)
    refuse_declarer(actor, way)
    if way.kind not in BY_HAND:
        raise Refused("way_unknown")
    teacher = _teacher(actor, teacher_id)
    _refuse(way, claimed, year, local_day(now))
    same = Claim.everywhere.filter(
        teacher=teacher, training_year=year, **claimed._asdict(), state__in=[ClaimState.CLAIMED, ClaimState.RECOGNISED]
    ).first()
    if same is not None:
        return same
    if lacking := missing_proofs(way, {code for code, _file in papers}):
        raise Refused("proof_missing", count=len(lacking))
    made = Claim.everywhere.create(
        **claimed._asdict(),
        source=f"claim:{uuid7()}",
        teacher=teacher,
        school_id=teacher.school_id,
        training_year=year,
        state=ClaimState.CLAIMED.value,
        claimed_at=now,
        claimed_by_id=actor.account_id,
        changed_at=now,
    )
    keep_papers(actor, made, papers, codes={one.code for one in way.proofs}, now=now)
    keep_steps(actor, Act.CLAIMED, [made], now=now)
    return made


def _refuse(way: Way, claimed: Claimed, year: policies.TrainingYear, today: date) -> None:
    if why := refuse_claim(way, claimed.amount_centi, claimed.happened_on, Year(year.first_on, year.last_on), today):
        raise Refused(why, most=way.most_centi / 100, first=year.first_on.isoformat(), last=year.last_on.isoformat())


def _teacher(actor: Actor, teacher_id: int | None) -> teachers.Teacher:
    """The teacher who claims, held, so that the same claim sent twice at once is one."""
    wanted = actor.teacher_id if actor.role is Role.TEACHER else teacher_id
    rows = teachers.Teacher.everywhere.all() if actor.role is Role.TEACHER else teachers.Teacher.everywhere.within(actor.scope)
    found = rows.select_for_update(no_key=True, of=("self",)).filter(pk=wanted or 0).first()
    if found is None:
        raise NotInScope
    return found


def _held(actor: Actor, ids: Collection[int]) -> list[Claim]:
    own = Claim.everywhere.filter(teacher_id__in=ids_of(actor.teacher_id))
    rows = own if actor.role is Role.TEACHER else Claim.everywhere.within(actor.scope)
    rows = rows.select_for_update(no_key=True, of=("self",)).filter(pk__among=set(ids))
    found = list(rows.select_related("teacher", "training_year__pack").order_by("pk"))
    all_or_none(ids, found)
    return found


@atomic
def decide_claims(*, actor: Actor, ids: Collection[int], is_recognised: bool, reason: str = "", now: datetime) -> int:
    """The claims are recognised and their hours are evidence, or they are back with the reason; all of them or none. Returns how many."""
    require(actor, DECIDE_CLAIMS)
    rows = _held(actor, ids)
    teachers.refuse_own(actor, [one.teacher_id for one in rows])
    for one in rows:
        refuse_closed(one.training_year)
        if one.claimed_by_id is not None and one.claimed_by_id == actor.account_id:
            raise Refused("recognition_own")
        if not reaches(actor.role, known_way(one.training_year, one.way).approved_by):
            raise Refused("way_decided_higher")
    _take(actor, Act.RECOGNISED if is_recognised else Act.RETURNED, rows, reason, now)
    return len(rows)


@atomic
def withdraw_claims(*, actor: Actor, ids: Collection[int], reason: str, now: datetime) -> int:
    """The claims count no more: a teacher withdraws what waits, whoever decides also what was recognised; its hours are taken back."""
    require(actor, CLAIM if actor.role is Role.TEACHER else DECIDE_CLAIMS)
    rows = _held(actor, ids)
    for one in rows:
        refuse_closed(one.training_year)
        if one.state == ClaimState.RECOGNISED and not _may_undo(actor, one):
            raise Refused("way_decided_higher")
    _take(actor, Act.WITHDRAWN, rows, reason, now)
    return len(rows)


def _may_undo(actor: Actor, one: Claim) -> bool:
    return actor.role is not Role.TEACHER and reaches(actor.role, known_way(one.training_year, one.way).approved_by)


def _take(actor: Actor, act: Act, rows: Sequence[Claim], reason: str, now: datetime) -> None:
    """Every claim has taken the step, or the first that may not says why; the ledger hears what it must."""
    was = {row.pk: ClaimState(row.state) for row in rows}
    for row in rows:
        if why := refuse_claim_act(was[row.pk], act, reason=reason):
            raise Refused(why)
        row.state, row.reason, row.changed_at = AFTER[act].value, reason.strip()[:300], now
        row.worth_centi = 0
    if act is Act.RECOGNISED:
        weigh(rows)
    Claim.everywhere.bulk_update(rows, ["state", "reason", "worth_centi", "changed_at"], batch_size=500)
    keep_steps(actor, act, rows, reason=reason.strip()[:300], now=now)
    tell_ledger([row for row in rows if ClaimState.RECOGNISED in (was[row.pk], row.state)], now)
    if act is not Act.WITHDRAWN or actor.role is not Role.TEACHER:
        _tell(rows, act, reason, now)


def _tell(rows: Sequence[Claim], act: Act, reason: str, now: datetime) -> None:
    for row in rows:
        params = {"title": row.title, "reason": reason.strip()}
        source, link = f"claim:{row.pk}:{act.value}", f"/my/claims/{row.public_id}/"
        tell([row.teacher.account_id], f"claim_{act.value}", source=source, params=params, link=link, now=now)
