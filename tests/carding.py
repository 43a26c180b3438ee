"""Cards on their way: names up, counts up, cards down to the school of the enrolling cast."""

from __future__ import annotations

from datetime import UTC, date, datetime

from tests import enrolling
from xingtan.domains.cards import api as cards
from xingtan.domains.registers.models import Membership
from xingtan.foundation.people.roles import Role

NOW = datetime(2026, 9, 10, 4, tzinfo=UTC)
LAST = date(2027, 8, 31)
CARD_FIRST = [
    (
        'order = ["selection", "confirmation", "payment", "registration", "card", "study"]\nstudy_opens_on = "card"',
        'order = ["card", "registration", "selection", "confirmation", "payment", "study"]\nstudy_opens_on = "confirmation"',
    )
]


def build(size=4, **pack):
    """The cast with so many colleagues of Lin's, all to be reported."""
    cast = enrolling.build(**pack)
    cast.people = [cast.lin_teacher, *enrolling.teachers(cast.school, size - 1)]
    cast.strange_officer = enrolling.actor_of(Role.COUNTY_OFFICER, cast.strange)
    cast.clerk_second = enrolling.actor_of(Role.SCHOOL_CLERK, cast.second)
    return cast


def named(cast, people=None):
    ids = [one.pk for one in people or cast.people]
    return cards.report_names(actor=cast.chen, training_year_id=cast.year.pk, teacher_ids=ids, now=NOW)


def counted(cast, *reports):
    return cards.count_names(actor=cast.zhou, training_year_id=cast.year.pk, report_ids=[one.pk for one in reports], now=NOW)


def issued(cast, report, spare=2, hours_centi=72_00):
    return cards.issue_batch(actor=cast.mei, report_id=report.pk, wanted=cards.Wanted(spare, hours_centi, LAST), now=NOW)


def sent(cast, actor, receiver, count):
    [parcel] = cards.send(actor=actor, training_year_id=cast.year.pk, counts={receiver.pk: count}, now=NOW)
    return parcel


def delivered(cast, spare=2, hours_centi=72_00):
    """Everything up to the school's drawer; answers the batch."""
    batch = issued(cast, counted(cast, named(cast)), spare, hours_centi)
    cards.receive(actor=cast.zhou, consignment_id=sent(cast, cast.mei, cast.county, batch.count).pk, now=NOW)
    cards.receive(actor=cast.chen, consignment_id=sent(cast, cast.zhou, cast.school, batch.count).pk, now=NOW)
    return batch


def handed(cast, people=None):
    ids = [one.pk for one in people or cast.people]
    return cards.hand_out(actor=cast.chen, training_year_id=cast.year.pk, teacher_ids=ids, now=NOW)


def member(cast):
    """Lin is an individual member of the county."""
    return Membership.everywhere.create(
        county=cast.county, kind="individual", name=cast.lin_teacher.name, teacher=cast.lin_teacher, words="自费", state="approved",
        applied_at=NOW,
    )  # fmt: skip
