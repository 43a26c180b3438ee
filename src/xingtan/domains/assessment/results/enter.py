"""Entering results: new ones stand, corrections supersede with a reason, the same again changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from xingtan.core.calendar import local_day
from xingtan.core.policy import Policy
from xingtan.domains.assessment.access import ENTER_RESULTS
from xingtan.domains.assessment.models import ExamResult
from xingtan.domains.policies import api as policies
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import Refused

from .plan import says_same, standing_results
from .rules import Entered, refuse_result


class Kept(NamedTuple):
    """What entering did."""

    new: int
    corrected: int
    unchanged: int


@atomic
def enter_results(*, actor: Actor, training_year_id: int, results: Sequence[Entered], reason: str = "", now: datetime) -> Kept:
    """Each result stands; one that says something else than before supersedes it, which needs a reason. All of them or none.

    `NotInScope` for a teacher or year elsewhere; `Refused` for a result that cannot be, two for one sitting, a correction without reason.
    """
    require(actor, ENTER_RESULTS)
    year = policies.year_by_id(actor, training_year_id)
    _refuse(policies.policy_of(year), results, local_day(now))
    schools = _locked(actor, {one.teacher_id for one in results})
    standing = standing_results(year.pk, set(schools))
    fresh = [one for one in results if one.key not in standing or not says_same(standing[one.key], one)]
    old = [standing[one.key] for one in fresh if one.key in standing]
    if old and not reason.strip():
        raise Refused("result_correction_needs_a_reason", count=len(old))
    ExamResult.everywhere.filter(pk__among=[one.pk for one in old]).update(superseded_at=now)
    made = ExamResult.everywhere.bulk_create(
        [_row(actor, year, one, schools, (reason if one.key in standing else "", now)) for one in fresh], batch_size=500
    )
    if made:
        ids = [one.pk for one in made]
        record(actor, "assessment.results_entered", "exam_result", ids, now=now, detail={"year": year.year, "corrected": len(old)})
    return Kept(len(fresh) - len(old), len(old), len(results) - len(fresh))


def _refuse(policy: Policy, results: Sequence[Entered], today: date) -> None:
    for one in results:
        if why := refuse_result(policy, one, today=today):
            raise Refused(why)
    if len({one.key for one in results}) < len(results):
        raise Refused("result_twice")


def _locked(actor: Actor, wanted: set[int]) -> dict[int, int]:
    """For each teacher the school; nobody else enters results of these people until the transaction ends."""
    return {one.pk: one.school_id for one in teachers.teachers_held(actor.scope, wanted)}


def _row(actor: Actor, year: policies.TrainingYear, one: Entered, schools: dict[int, int], why: tuple[str, datetime]) -> ExamResult:
    reason, now = why
    return ExamResult(
        teacher_id=one.teacher_id,
        school_id=schools[one.teacher_id],
        training_year=year,
        test=one.test,
        sitting=one.sitting,
        state=one.state.value,
        score_centi=one.score_centi,
        sat_on=one.sat_on,
        reason=reason.strip(),
        entered_at=now,
        entered_by_id=actor.account_id,
        entered_for_id=actor.organisation_id,
    )
