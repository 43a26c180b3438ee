"""Learning cards at every place of their way: reported, counted, made, on the road, counted with a difference, handed out, lost and replaced."""

from __future__ import annotations

from xingtan.config.drawing import draw_learned
from xingtan.core.calendar import WindowKind
from xingtan.domains.cards import api as cards
from xingtan.domains.enrolment import api as enrolment
from xingtan.domains.policies import api as policies
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.people.roles import Actor, Role
from xingtan.foundation.scope.models import Organisation

from . import cast
from .clock import Clock

LIN = "林知微"


def fill(clock: Clock, year: policies.TrainingYear) -> None:
    """The school of the cast has its cards, a second school's parcel is on the way, a third school has only reported its names."""
    county = cast.actor("county")
    clerks = cast.actors_of_schools(Role.SCHOOL_CLERK)
    schools = [one for one in teachers.schools_in(county.scope) if one.pk in clerks]
    own = cast.actor("clerk").organisation_id
    some = sorted(schools, key=lambda one: (one.pk != own, one.path))[:4]
    counted = [_named(clock, year, clerks[one.pk], 40) for one in some[:2]]
    report = cards.count_names(actor=county, training_year_id=year.pk, report_ids=[one.pk for one in counted], now=clock.ago(40))
    _down(clock, year, report, some)
    for one in some[2:]:
        _named(clock, year, clerks[one.pk], 30)
    _handed(clock, year)


def _named(clock: Clock, year: policies.TrainingYear, clerk: Actor, most: int) -> cards.CardReport:
    people = list(teachers.teachers_in_post(clerk.scope).order_by("pk").values_list("pk", "name")[:most])
    ids = [pk for pk, _name in people]
    return cards.report_names(actor=clerk, training_year_id=year.pk, teacher_ids=ids, now=clock.ago(45))


def _down(clock: Clock, year: policies.TrainingYear, report: cards.CardReport, schools: list[Organisation]) -> None:
    """From the province to the county, where one card came out damaged, and on to two schools; the second parcel is still on the way."""
    province, county = cast.actor("province"), cast.actor("county")
    last = enrolment.year_rules(year).windows[WindowKind.STUDY].closes_on
    batch = cards.issue_batch(actor=province, report_id=report.pk, wanted=cards.Wanted(6, 72_00, last), now=clock.ago(35))
    [parcel] = cards.send(actor=province, training_year_id=year.pk, counts={report.organisation_id: batch.count}, now=clock.ago(30))
    spoilt = cards.numbers_of(batch)[-1]
    cards.receive(actor=county, consignment_id=parcel.pk, damaged=[spoilt], now=clock.ago(26))
    cards.settle(actor=province, consignment_id=parcel.pk, reason="运输中受潮，备用卡补足", now=clock.ago(25))
    needs = cards.needs_by_school(county.scope, year.pk)
    [own, *_rest] = cards.send(
        actor=county,
        training_year_id=year.pk,
        counts={one.pk: needs[one.pk] + (2 if one is schools[0] else 0) for one in schools[:2] if one.pk in needs},
        now=clock.ago(20),
    )
    first = own if own.receiver_id == schools[0].pk else _rest[0]
    cards.receive(actor=cast.actor("clerk"), consignment_id=first.pk, now=clock.ago(18))


def _handed(clock: Clock, year: policies.TrainingYear) -> None:
    """Most of the school have their cards; one was lost and replaced; hours are drawn as they were learned."""
    clerk = cast.actor("clerk")
    waiting = list(cards.waiting_in(clerk.scope, year.pk).order_by("pk"))
    people = [one for one in waiting if one.name == LIN] + [one for one in waiting if one.name != LIN]
    some = people[: max(1, len(people) * 3 // 4)]
    made = cards.hand_out(actor=clerk, training_year_id=year.pk, teacher_ids=[one.pk for one in some], now=clock.ago(15))
    lost = next((card for card in made if card.teacher_id != people[0].pk), made[0])
    cards.report_spoilt(actor=clerk, card_ids=[lost.pk], is_lost=True, reason="搬办公室时遗失", now=clock.ago(8))
    cards.reissue(actor=clerk, card_id=lost.pk, reason="当面补发", now=clock.ago(7))
    draw_learned({"rows": [{"teacher": one.pk} for one in some]}, clock.now)
