"""Whether a year may be closed: each condition with what is lacking, and the numbers of the notice."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count

from xingtan.core.calendar import WindowKind
from xingtan.core.verdicts import Verdict
from xingtan.domains.closing.models import Correction, YearClosing
from xingtan.domains.closing.states import ConditionCode
from xingtan.domains.credits import api as credits_room
from xingtan.domains.determination.api import (
    UNSETTLED,
    Determination,
    DeterminationRun,
    determinations_in,
    snapshot,
    trials_for,
    verdict_counts,
)
from xingtan.domains.policies import api as policies
from xingtan.foundation.notices import api as notices
from xingtan.foundation.people.roles import Actor
from xingtan.foundation.refusal import NotInScope
from xingtan.foundation.scope.branch import Scope
from xingtan.foundation.scope.gate import ScopedQuerySet
from xingtan.foundation.scope.tree import counties_of

NOTICE = "determination.year"
WAITING = credits_room.UNVERIFIED


class Condition(NamedTuple):
    """One thing that must be so before the year is closed; `lacking` counts what is not (people, objections, schools, days)."""

    code: ConditionCode
    is_met: bool
    lacking: int = 0
    detail: str = ""

    def as_data(self) -> dict[str, Any]:
        """The condition as the closing record keeps it."""
        return {"code": self.code.value, "is_met": self.is_met, "lacking": self.lacking}


def notice_of(training_year: policies.TrainingYear) -> notices.Notice | None:
    """The notice that stands about this year's verdicts, or None."""
    return notices.standing_notice(NOTICE, training_year.pk)


def notice_ids(training_year_id: int) -> list[int]:
    """Every notice about this year's verdicts, withdrawn ones too."""
    return list(notices.notices_about(NOTICE, training_year_id).values_list("pk", flat=True))


def proposed_days(training_year: policies.TrainingYear, today: date) -> notices.Days:
    """The days that a notice would have: the year's window for objections while it can still be kept, else as many days from today on."""
    window = policies.windows_of(training_year).get(WindowKind.OBJECTIONS)
    if window is None:
        return notices.Days(today, today, today)
    opens_on = max(window.opens_on, today)
    closes_on = window.closes_on if window.closes_on >= opens_on else opens_on + (window.closes_on - window.opens_on)
    return notices.Days(opens_on, closes_on, closes_on)


def schools_shown(run: DeterminationRun, scope: Scope) -> list[int]:
    """The schools whose people a run shows, by id."""
    return list(snapshot(scope, run).order_by().values_list("school_id", flat=True).distinct())


def unsettled_count(scope: Scope, training_year_id: int) -> int:
    """How many teachers who owe the year have no settled verdict, facts unclear not counted."""
    settled = determinations_in(scope, training_year_id).order_by().exclude(verdict__in=UNSETTLED).values("teacher_id")
    unclear = determinations_in(scope, training_year_id).order_by().filter(verdict=Verdict.UNDETERMINED).values("teacher_id")
    policy = policies.policies_of([training_year_id])[training_year_id]
    return credits_room.owing_in(scope, training_year_id, policy).exclude(pk__in=settled).exclude(pk__in=unclear).count()


def conditions(training_year: policies.TrainingYear, actor: Actor, today: date) -> list[Condition]:
    """What must be so before this actor may close the year, in the order in which one would see to it."""
    scope = training_year.organisation.scope
    trial = trials_for(scope, training_year.pk).first()
    unclear = verdict_counts(scope, training_year.pk)[Verdict.UNDETERMINED]
    unsettled = unsettled_count(scope, training_year.pk)
    waiting = credits_room.EntryState.everywhere.filter(training_year=training_year, state__in=[one.value for one in WAITING]).count()
    return [
        Condition(ConditionCode.TRIAL_RUN, trial is not None),
        Condition(ConditionCode.FACTS_CLEAR, trial is not None and not unclear, unclear),
        Condition(ConditionCode.ALL_SETTLED, trial is not None and not unsettled, unsettled),
        Condition(ConditionCode.CHAINS_DONE, not waiting, waiting),
        *_notice_conditions(training_year, today),
        Condition(ConditionCode.TWO_PEOPLE, trial is not None and trial.account_id != actor.account_id),
    ]


def _notice_conditions(training_year: policies.TrainingYear, today: date) -> list[Condition]:
    notice = notice_of(training_year)
    if notice is None:
        codes = (ConditionCode.NOTICE_SIGNED, ConditionCode.NOTICE_OVER, ConditionCode.OBJECTIONS_DECIDED)
        return [Condition(code, is_met=False) for code in codes]
    scope = training_year.organisation.scope
    missing = notices.signed(notice, scope).missing
    days_left = max(0, (notice.objections_until - today).days + 1)
    counted = notices.tally(scope, notice_ids(training_year.pk), today)
    lacking = counted.open + counted.unfollowed
    return [
        Condition(ConditionCode.NOTICE_SIGNED, not missing, missing),
        Condition(ConditionCode.NOTICE_OVER, not days_left, days_left, notice.objections_until.isoformat()),
        Condition(ConditionCode.OBJECTIONS_DECIDED, not lacking, lacking),
    ]


class Units(NamedTuple):
    """Counties with a school that signs: how many have all their signatures, of how many."""

    done: int
    total: int


def units_of(notice: notices.Notice, scope: Scope) -> Units:
    """How many counties of the branch have all their schools' signatures."""
    rows = list(notices.NoticeSignature.objects.within(scope).filter(notice=notice).values_list("organisation_id", "signed_at"))
    counties = counties_of(pk for pk, _ in rows)
    missing = {counties[pk] for pk, signed_at in rows if signed_at is None}
    return Units(len(set(counties.values()) - missing), len(set(counties.values())))


def closing_of(training_year_id: int) -> YearClosing | None:
    """The year's closing record, or None while it is open (or was closed before Xingtan kept one)."""
    return YearClosing.everywhere.filter(training_year_id=training_year_id).select_related("run", "trial", "notice").first()


class SchoolLine(NamedTuple):
    """A school's people by verdict, as a notice shows them."""

    school_id: int
    verdict: Verdict
    people: int


def counts_shown(run: DeterminationRun, scope: Scope) -> list[SchoolLine]:
    """How many people of each school have each verdict after the run."""
    rows = snapshot(scope, run).order_by("school__path", "verdict").values_list("school_id", "school__path", "verdict")
    return [SchoolLine(school_id, Verdict(verdict), n) for school_id, _path, verdict, n in rows.annotate(n=Count("pk"))]


def shown_counts(notice: notices.Notice, scope: Scope) -> list[SchoolLine]:
    """How many people of each school have each verdict in the notice."""
    return counts_shown(DeterminationRun.everywhere.get(pk=notice.shown_id), scope)


def shown_people(notice: notices.Notice, scope: Scope) -> ScopedQuerySet[Determination]:
    """The branch's verdicts as the notice shows them, with teacher and school, by school and name."""
    run = DeterminationRun.everywhere.get(pk=notice.shown_id)
    return snapshot(scope, run).select_related("teacher", "school").order_by("school__path", "teacher__name_pinyin", "pk")


def shown_of(notice: notices.Notice, teacher_id: int) -> Determination | None:
    """What the notice says of this teacher, or None."""
    run = DeterminationRun.everywhere.select_related("organisation").get(pk=notice.shown_id)
    return snapshot(run.organisation.scope, run).filter(teacher_id=teacher_id).select_related("teacher", "school").first()


def corrections_in(scope: Scope, training_year_ids: Collection[int]) -> ScopedQuerySet[Correction]:
    """The branch's corrections of these years, the newest first."""
    found = Correction.objects.within(scope).filter(training_year_id__in=training_year_ids)
    return found.select_related("teacher", "school", "training_year", "before", "after").order_by("-pk")


def correction_in(scope: Scope, public_id: str) -> Correction:
    """The branch's correction with this public id; `NotInScope` where there is none."""
    found = Correction.objects.within(scope).filter(public_id=public_id)
    row = found.select_related("teacher", "school", "training_year__pack", "training_year__organisation", "before", "after").first()
    if row is None:
        raise NotInScope
    return row
