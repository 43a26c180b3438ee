"""Names go up from the school, counts go up from the county."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import F, Max, Sum

from xingtan.domains.cards import access, rules
from xingtan.domains.cards.models import CardReport, ReportedName
from xingtan.domains.cards.rules import Refusal
from xingtan.domains.cards.states import ReportState
from xingtan.domains.policies import api as policies
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.foundation.scope.tree import county_of

from .moving import hold_place, refuse


@atomic
def report_names(*, actor: Actor, training_year_id: int, teacher_ids: Collection[int], now: datetime) -> CardReport:
    """The school's open report of the year names exactly these teachers, who are named nowhere else; reported again it replaces the names."""
    require(actor, access.REPORT_NAMES)
    year = policies.year_by_id(actor, training_year_id)
    school = hold_place(actor.organisation_id)
    people = teachers.teachers_held(actor.scope, set(teacher_ids))
    if not people:
        raise Refused(Refusal.CARDS_NOBODY)
    report = _open_report(school.pk, year.pk, now, is_county=False)
    ReportedName.objects.filter(report=report).delete()
    named = set(ReportedName.objects.filter(training_year=year, teacher__in=people).values_list("teacher_id", flat=True))
    fresh = [one for one in people if one.pk not in named]
    if not fresh:
        raise Refused(Refusal.CARDS_HELD_ALREADY)
    ReportedName.objects.bulk_create([ReportedName(report=report, teacher=one, training_year=year) for one in fresh], batch_size=900)
    _stand(report, len(fresh), actor, now)
    record(actor, "cards.names_reported", "card_report", [report.pk], now=now, detail={"count": len(fresh)})
    return report


@atomic
def return_report(*, actor: Actor, report_ids: Collection[int], reason: str, now: datetime) -> int:
    """The reports went back to whoever made them, with the reason; answers how many. A county sends back names, the province a count."""
    require(actor, access.RETURN_REPORTS)
    refuse(None if reason.strip() else Refusal.CARDS_REASON)
    held = _held(actor, report_ids)
    for one in held:
        refuse(rules.refuse_report(ReportState(one.state), ReportState.RETURNED))
        if one.is_county is not (actor.role in access.ISSUE_BATCHES.roles):
            raise NotInScope
    CardReport.everywhere.filter(pk__in=[one.pk for one in held]).update(
        state=ReportState.RETURNED.value, reason=reason.strip()[:200], version=F("version") + 1
    )
    record(actor, "cards.report_returned", "card_report", [one.pk for one in held], now=now)
    return len(held)


@atomic
def count_names(*, actor: Actor, training_year_id: int, report_ids: Collection[int], now: datetime) -> CardReport:
    """The county's open report counts these schools' names beside those it counted before; the province sees one number."""
    require(actor, access.COUNT_NAMES)
    year = policies.year_by_id(actor, training_year_id)
    county = hold_place(actor.organisation_id)
    held = [one for one in _held(actor, report_ids) if not one.is_county and one.training_year_id == year.pk]
    if not held:
        raise Refused(Refusal.CARDS_NOBODY)
    for one in held:
        refuse(rules.refuse_report(ReportState(one.state), ReportState.COUNTED))
        if county_of(one.organisation).pk != county.pk:
            raise NotInScope
    report = _open_report(county.pk, year.pk, now, is_county=True)
    ids = [one.pk for one in held]
    CardReport.everywhere.filter(pk__in=ids).update(state=ReportState.COUNTED.value, counted_in=report, version=F("version") + 1)
    total = CardReport.everywhere.filter(counted_in=report).aggregate(total=Sum("count"))["total"]
    _stand(report, total, actor, now)
    record(actor, "cards.names_counted", "card_report", [report.pk, *ids], now=now, detail={"count": total})
    return report


def _held(actor: Actor, report_ids: Collection[int]) -> list[CardReport]:
    wanted = set(report_ids)
    held = CardReport.objects.within(actor.scope).select_for_update(of=("self",)).filter(pk__in=wanted).select_related("organisation")
    found = list(held.order_by("pk"))
    if len(found) != len(wanted):
        raise NotInScope
    return found


def _open_report(organisation_id: int, year_id: int, now: datetime, *, is_county: bool) -> CardReport:
    """The report that may still be changed, or a new one after the last; the office is held by the caller."""
    own = CardReport.everywhere.filter(organisation_id=organisation_id, training_year_id=year_id)
    standing: CardReport | None = own.filter(state__in=[ReportState.REPORTED, ReportState.RETURNED]).first()
    if standing:
        return standing
    last = own.aggregate(last=Max("number"))["last"] or 0
    made: CardReport = CardReport.everywhere.create(
        organisation_id=organisation_id, training_year_id=year_id, is_county=is_county, number=last + 1, count=0,
        state=ReportState.REPORTED.value, reported_at=now,
    )  # fmt: skip
    return made


def _stand(report: CardReport, count: int, actor: Actor, now: datetime) -> None:
    report.count, report.state, report.reason = count, ReportState.REPORTED.value, ""
    report.reported_at, report.reported_by_id = now, actor.account_id
    report.version += 1
    report.save(update_fields=["count", "state", "reason", "reported_at", "reported_by_id", "version"])
