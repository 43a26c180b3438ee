"""The province makes a batch of serials for a county."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from xingtan.core.calendar import local_day
from xingtan.domains.cards import access, rules
from xingtan.domains.cards.models import Card, CardBatch, CardReport
from xingtan.domains.cards.rules import MOST_CARDS, Refusal
from xingtan.domains.cards.states import CardAct, CardState, ReportState
from xingtan.domains.enrolment import api as enrolment
from xingtan.domains.policies import api as policies
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic, insert_objects
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import NotInScope

from .moving import refuse, steps


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a batch is: spare cards beyond the count, hours each is good for, its last day."""

    spare: int
    hours_centi: int
    expires_on: date


@atomic
def issue_batch(*, actor: Actor, report_id: int, wanted: Wanted, now: datetime) -> CardBatch:
    """The county's count is answered with a batch of numbered cards that lie with the province; answered again it is the same batch."""
    require(actor, access.ISSUE_BATCHES)
    held = CardReport.objects.within(actor.scope).select_for_update(of=("self",)).filter(pk=report_id, is_county=True)
    report = held.select_related("training_year", "organisation").first()
    if report is None:
        raise NotInScope
    if report.state == ReportState.ISSUED:
        return CardBatch.everywhere.get(report=report)
    refuse(rules.refuse_report(ReportState(report.state), ReportState.ISSUED))
    refuse(rules.refuse_day(wanted.expires_on, today=local_day(now)))
    count = report.count + wanted.spare
    refuse(None if 0 < count <= MOST_CARDS else Refusal.CARDS_TOO_MANY, most=MOST_CARDS)
    batch = _made(actor, report, wanted, now)
    CardReport.everywhere.filter(pk=report.pk).update(state=ReportState.ISSUED.value)
    CardReport.everywhere.filter(counted_in=report).update(state=ReportState.ISSUED.value)
    record(actor, "cards.batch_issued", "card_batch", [batch.pk], now=now, detail={"count": count, "first": batch.first_number})
    return batch


def _made(actor: Actor, report: CardReport, wanted: Wanted, now: datetime) -> CardBatch:
    year = policies.year_by_id(actor, report.training_year_id)
    numbers = enrolment.reserve_numbers(year=year.year, county_id=report.organisation_id, count=report.count + wanted.spare)
    batch: CardBatch = CardBatch.everywhere.create(
        training_year=year, issuer_id=actor.organisation_id or year.organisation_id, county=report.organisation, report=report,
        first_number=numbers[0], last_number=numbers[-1], count=len(numbers), spare=wanted.spare, hours_centi=wanted.hours_centi,
        expires_on=wanted.expires_on, made_at=now, made_by_id=actor.account_id,
    )  # fmt: skip
    insert_objects(
        [
            Card(
                batch=batch, training_year=year, number=number, holder_id=batch.issuer_id, hours_centi=wanted.hours_centi,
                expires_on=wanted.expires_on, changed_at=now,
            )
            for number in numbers
        ]
    )  # fmt: skip
    cards = list(Card.everywhere.filter(batch=batch).order_by("number"))
    steps(actor, [(card, None, CardState.MADE) for card in cards], CardAct.MAKE, now)
    return batch
