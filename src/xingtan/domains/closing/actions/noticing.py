"""The public notice of a year's verdicts: published, withdrawn, signed; objections to a verdict and what follows from an upheld one."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from xingtan.core.calendar import local_day
from xingtan.domains.closing.access import (
    HANDLE_OBJECTIONS,
    OBJECT,
    PUBLISH_NOTICE,
    REPLY_TO_OBJECTION,
    SEE_OWN_NOTICE,
    SIGN_NOTICE,
)
from xingtan.domains.closing.queries.closing import NOTICE, counts_shown, notice_of, schools_shown, shown_of
from xingtan.domains.determination.api import (
    DETERMINE,
    Determination,
    DeterminationRun,
    RunKind,
    carry_out,
    determination_of,
    order_for,
    trials_for,
)
from xingtan.domains.policies import api as policies
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.db import atomic
from xingtan.foundation.files.models import StoredFile
from xingtan.foundation.inbox.send import tell
from xingtan.foundation.notices import api as notices
from xingtan.foundation.people.grants import office_holders
from xingtan.foundation.people.models import Grant
from xingtan.foundation.people.roles import Actor, Role, require
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.foundation.scope.models import Organisation
from xingtan.foundation.scope.tree import ancestors

PORTION = 5_000


@atomic
def publish_notice(*, actor: Actor, training_year_id: int, days: notices.Days, now: datetime) -> notices.Notice:
    """The verdicts of the province's last trial run are posted for these days, and every school that has people in it has to sign."""
    require(actor, PUBLISH_NOTICE)
    training_year = policies.year_by_id(actor, training_year_id)
    if training_year.state == policies.YearState.CLOSED:
        raise Refused("year_closed", year=training_year.year)
    trial = trials_for(training_year.organisation.scope, training_year.pk).first()
    if trial is None:
        raise Refused("notice_without_run")
    people = sum(line.people for line in counts_shown(trial, training_year.organisation.scope))
    posting = notices.Posting(
        kind=NOTICE,
        subject_id=training_year.pk,
        shown_id=trial.pk,
        organisation_id=training_year.organisation_id,
        signer_ids=schools_shown(trial, training_year.organisation.scope),
        params={"year": training_year.year, "run": trial.number, "people": people},
    )
    return notices.publish(actor=actor, posting=posting, days=days, now=now)


@atomic
def withdraw_notice(*, actor: Actor, training_year_id: int, reason: notices.WithdrawalReason, now: datetime) -> notices.Notice:
    """The year's notice stands no more and another may be published."""
    require(actor, PUBLISH_NOTICE)
    return notices.withdraw_notice(actor=actor, notice_id=_notice(actor, training_year_id).pk, reason=reason, now=now)


@atomic
def sign_notice(*, actor: Actor, training_year_id: int, now: datetime) -> notices.NoticeSignature:
    """The actor's school has signed that the notice hangs where its teachers see it."""
    require(actor, SIGN_NOTICE)
    return notices.sign(actor=actor, notice_id=_notice(actor, training_year_id).pk, now=now)


def read_own_notice(*, actor: Actor, notice: notices.Notice, now: datetime) -> Determination | None:
    """What the notice says of this teacher (None: nothing), and it is known that they have read it."""
    require(actor, SEE_OWN_NOTICE)
    found = shown_of(notice, actor.teacher_id or 0)
    if found is not None and actor.account_id is not None:
        notices.note_reader(notice, actor.account_id, now=now)
    return found


@atomic
def object_to_verdict(
    *, actor: Actor, notice: notices.Notice, teacher_id: int, text: str, file: StoredFile | None = None, now: datetime
) -> notices.Objection:
    """The teacher's objection to the posted verdict is filed: by themselves, or by their school, which everyone who reads it sees."""
    require(actor, OBJECT)
    found = shown_of(notice, teacher_id)
    is_own = actor.teacher_id == teacher_id
    if found is None or not (is_own or (actor.role is not Role.TEACHER and actor.scope.holds(found.school.path))):
        raise NotInScope
    claim = {"verdict": found.verdict, "determination": found.pk, "recognised": found.recognised_centi}
    concern = notices.Concern(teacher_id, found.teacher.account_id, found.teacher.name, found.school_id, claim)
    return notices.object_to(actor=actor, notice_id=notice.pk, concern=concern, text=text, file=file, now=now)


@atomic
def assign_objections(*, actor: Actor, objection_ids: Collection[int], handler_id: int, now: datetime) -> int:
    """These objections have this handler, an officer of the actor's office; returns how many changed hands."""
    require(actor, HANDLE_OBJECTIONS)
    if handler_id not in {grant.account_id for grant in handlers(actor, now)}:
        raise Refused("objection_handler_unknown")
    return notices.assign(actor=actor, objection_ids=objection_ids, handler_id=handler_id, now=now)


def handlers(actor: Actor, now: datetime) -> list[Grant]:
    """Who may handle objections of the actor's branch, by name."""
    rows = office_holders(actor.scope, local_day(now)).filter(role__in=[role.value for role in HANDLE_OBJECTIONS.roles])
    return sorted(rows, key=lambda grant: grant.account.name)


@atomic
def refer_objection(*, actor: Actor, objection: notices.Objection, organisation_id: int, words: str, now: datetime) -> notices.Objection:
    """An office above the school is asked for its word about the objection."""
    require(actor, HANDLE_OBJECTIONS)
    office = next((one for one in askable(objection) if one.pk == organisation_id), None)
    if office is None:
        raise NotInScope
    roles = [role.value for role in REPLY_TO_OBJECTION.roles]
    people = office_holders(office.scope, local_day(now)).filter(organisation=office, role__in=roles).values_list("account_id", flat=True)
    return notices.refer(actor=actor, objection_id=objection.pk, organisation=office, words=words, account_ids=list(people), now=now)


def askable(objection: notices.Objection) -> list[Organisation]:
    """The offices between the school and the one that published, the nearest first: they may be asked for their word."""
    return [
        one
        for one in reversed(ancestors(objection.organisation))
        if one.pk not in (objection.organisation_id, objection.notice.organisation_id)
    ]


@atomic
def reply_to_objection(*, actor: Actor, objection_id: int, words: str, now: datetime) -> notices.Objection:
    """The office that was asked has said its word."""
    require(actor, REPLY_TO_OBJECTION)
    return notices.reply(actor=actor, objection_id=objection_id, words=words, now=now)


@atomic
def decide_objection(*, actor: Actor, objection_id: int, decision: notices.Decision, now: datetime) -> notices.Objection:
    """The objection is decided by its handler; an upheld one waits for its facts to be put right and the teacher to be determined anew."""
    require(actor, HANDLE_OBJECTIONS)
    return notices.decide(actor=actor, objection_id=objection_id, decision=decision, now=now)


@atomic
def follow_objection(*, actor: Actor, objection: notices.Objection, now: datetime) -> notices.Objection:
    """The teacher is determined anew after an upheld objection; what the verdict was and is stands with the objection."""
    require(actor, HANDLE_OBJECTIONS)
    require(actor, DETERMINE)
    if objection.state != notices.ObjectionState.UPHELD:
        raise Refused("objection_wrong_state")
    before = determination_of(objection.concern_id, objection.notice.subject_id)
    order = order_for(actor, objection.notice.subject_id, None, [objection.concern_id], RunKind.RECHECK)
    run = carry_out(actor, order, now=now)
    after = determination_of(objection.concern_id, objection.notice.subject_id)
    was, now_is = before.verdict if before else "", after.verdict if after else ""
    effect = {"run": run.pk, "from": was, "to": now_is, "is_changed": objection.claim.get("verdict", was) != now_is}
    return notices.note_effect(actor=actor, objection_id=objection.pk, effect=effect, now=now)


def tell_schools_and_teachers(notice: notices.Notice, *, now: datetime) -> int:
    """Everyone whom the notice names, and the clerks of the schools that sign, have a message once; returns how many are told."""
    year, params = notice.params["year"], {"until": notice.objections_until.isoformat()}
    run = DeterminationRun.everywhere.select_related("organisation").get(pk=notice.shown_id)
    clerks = Grant.objects.filter(role=Role.SCHOOL_CLERK.value, organisation_id__in=schools_shown(run, run.organisation.scope), to_on=None)
    office = list(clerks.values_list("account_id", flat=True).distinct())
    people = list(
        teachers.teachers_in(run.organisation.scope)
        .filter(account__activated_at__isnull=False)
        .order_by("pk")
        .values_list("account_id", flat=True)
    )
    for accounts, code, link in ((office, "notice_to_sign", "/school/notice/"), (people, "notice_of_verdicts", "/my/notice/")):
        for portion in _portions(accounts):
            tell(portion, code, source=f"notice:{notice.pk}:{code}", params={**params, "year": year}, link=f"{link}?year={year}", now=now)
    return len(office) + len(people)


def _portions(ids: list[int]) -> Iterable[list[int]]:
    return (ids[start : start + PORTION] for start in range(0, len(ids), PORTION))


def _notice(actor: Actor, training_year_id: int) -> notices.Notice:
    notice = notice_of(policies.year_by_id(actor, training_year_id))
    if notice is None:
        raise Refused("notice_not_published")
    return notice
