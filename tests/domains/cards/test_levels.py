from __future__ import annotations

from importlib import import_module

import pytest

from xingtan.domains.cards import api as cards
from xingtan.domains.cards.models import Card, CardReport, Consignment, ReportedName
from xingtan.domains.enrolment import api as enrolment
from xingtan.domains.enrolment.rules import is_card_number
from xingtan.foundation.people.roles import OPERATOR
from xingtan.foundation.refusal import NotAllowed, NotInScope, Refused


@pytest.fixture
def way(db):
    return import_module("tests.carding")


@pytest.fixture
def cast(way):
    return way.build()


def test_names_and_counts_go_up_and_cards_come_down_to_their_people(cast, way):
    batch = way.delivered(cast)
    made = way.handed(cast)
    assert [card.state for card in made] == ["issued"] * 4
    assert cards.in_hand(cast.school.pk, cast.year.pk) == 2
    assert batch.count == 6
    numbers = cards.numbers_of(batch)
    assert all(is_card_number(number) and number.startswith("2026360803") for number in numbers)
    assert enrolment.card_of(cast.lin_teacher.pk, cast.year.pk).number in numbers
    assert cards.needs_by_school(cast.county.scope, cast.year.pk) == {}


def test_the_trail_of_a_card_tells_every_hand_it_went_through(cast, way):
    way.delivered(cast)
    [card] = way.handed(cast, [cast.lin_teacher])
    trail = cards.trail_of(card)
    assert [step.act for step in trail] == ["make", "send", "receive", "send", "receive", "hand_out"]
    assert [step.organisation_id for step in trail] == [
        cast.province.pk, cast.province.pk, cast.county.pk, cast.county.pk, cast.school.pk, cast.school.pk
    ]  # fmt: skip
    assert [step.account_id for step in trail[-2:]] == [cast.chen.account_id] * 2


def test_names_reported_again_replace_the_open_report_and_later_ones_make_a_new_one(cast, way):
    first = way.named(cast, cast.people[:2])
    again = way.named(cast)
    assert (again.pk, again.count) == (first.pk, 4)
    way.counted(cast, again)
    [late] = import_module("tests.enrolling").teachers(cast.school, 1)
    later = way.named(cast, [*cast.people, late])
    assert (later.number, later.count) == (2, 1)
    with pytest.raises(Refused, match="cards_held_already"):
        way.named(cast, cast.people[:1])


def test_a_report_sent_back_is_mended_by_the_school(cast, way):
    report = way.named(cast)
    cards.return_report(actor=cast.zhou, report_ids=[report.pk], reason="少了两人", now=way.NOW)
    assert CardReport.everywhere.get(pk=report.pk).state == "returned"
    assert way.named(cast).state == "reported"
    county = way.counted(cast, report)
    with pytest.raises(Refused, match="card_report_done"):
        cards.return_report(actor=cast.zhou, report_ids=[report.pk], reason="迟了", now=way.NOW)
    with pytest.raises(NotInScope):
        cards.return_report(actor=cast.zhou, report_ids=[county.pk], reason="不是县里的事", now=way.NOW)


def test_a_count_is_answered_by_one_batch_however_often_it_is_asked(cast, way):
    report = way.counted(cast, way.named(cast))
    assert way.issued(cast, report).pk == way.issued(cast, report).pk
    assert Card.everywhere.count() == 6


def test_numbers_of_batches_and_of_registrations_are_one_series(cast, way):
    first = way.issued(cast, way.counted(cast, way.named(cast)))
    [fresh] = enrolment.reserve_numbers(year=2026, county_id=cast.county.pk, count=1)
    assert int(fresh[:-1]) == int(first.last_number[:-1]) + 1


def test_what_did_not_arrive_is_lost_what_is_spoilt_is_damaged_and_the_sender_explains(cast, way):
    batch = way.issued(cast, way.counted(cast, way.named(cast)))
    parcel = way.sent(cast, cast.mei, cast.county, 6)
    one, two = cards.numbers_of(batch)[:2]
    parcel = cards.receive(actor=cast.zhou, consignment_id=parcel.pk, missing=[one], damaged=[two], now=way.NOW)
    assert (parcel.state, parcel.missing, parcel.damaged) == ("short", 1, 1)
    assert cards.in_hand(cast.county.pk, cast.year.pk) == 4
    assert dict(Card.everywhere.filter(number__in=[one, two]).values_list("number", "state")) == {one: "lost", two: "damaged"}
    assert cards.receive(actor=cast.zhou, consignment_id=parcel.pk, now=way.NOW).missing == 1
    with pytest.raises(NotInScope):
        cards.settle(actor=cast.zhou, consignment_id=parcel.pk, reason="邮路", now=way.NOW)
    assert cards.settle(actor=cast.mei, consignment_id=parcel.pk, reason="邮路破损", now=way.NOW).state == "settled"


def test_a_number_that_is_not_of_the_parcel_stops_the_receipt(cast, way):
    way.issued(cast, way.counted(cast, way.named(cast)))
    parcel = way.sent(cast, cast.mei, cast.county, 6)
    with pytest.raises(Refused, match="cards_strange_number"):
        cards.receive(actor=cast.zhou, consignment_id=parcel.pk, missing=["2026360802000001X"], now=way.NOW)
    assert Consignment.everywhere.get().state == "sent"


def test_no_more_cards_are_sent_or_handed_out_than_are_in_hand(cast, way):
    way.delivered(cast, spare=0)
    with pytest.raises(Refused, match="cards_too_few") as refused:
        way.sent(cast, cast.mei, cast.county, 1)
    assert refused.value.params == {"held": 0, "wanted": 1}
    way.handed(cast)
    [late] = import_module("tests.enrolling").teachers(cast.school, 1)
    ReportedName.objects.create(report=CardReport.everywhere.filter(is_county=False).get(), teacher=late, training_year=cast.year)
    with pytest.raises(Refused, match="cards_too_few"):
        way.handed(cast, [late])


def test_cards_of_one_county_do_not_go_to_another(cast, way):
    way.issued(cast, way.counted(cast, way.named(cast)))
    with pytest.raises(Refused, match="cards_too_few"):
        way.sent(cast, cast.mei, cast.strange, 1)
    assert way.sent(cast, cast.mei, cast.city, 6).count == 6


def test_who_was_not_reported_gets_no_card_and_strangers_find_nothing(cast, way):
    way.delivered(cast)
    [late] = import_module("tests.enrolling").teachers(cast.school, 1)
    with pytest.raises(Refused, match="cards_not_reported"):
        way.handed(cast, [late])
    parcel = Consignment.everywhere.first()
    card = Card.everywhere.first()
    with pytest.raises(NotInScope):
        cards.receive(actor=cast.strange_officer, consignment_id=parcel.pk, now=way.NOW)
    with pytest.raises(NotInScope):
        cards.report_spoilt(actor=cast.wu, card_ids=[card.pk], is_lost=True, reason="我的", now=way.NOW)
    with pytest.raises(NotInScope):
        way.handed(cast, import_module("tests.enrolling").teachers(cast.elsewhere, 1))


@pytest.mark.parametrize("who", ["lin", "he", "zhou", "chen"])
def test_only_the_province_makes_cards(cast, way, who):
    report = way.counted(cast, way.named(cast))
    with pytest.raises(NotAllowed):
        cards.issue_batch(actor=getattr(cast, who), report_id=report.pk, wanted=cards.Wanted(0, 72_00, way.LAST), now=way.NOW)


def test_more_cards_need_no_more_queries(cast, way, django_assert_max_num_queries):
    people = import_module("tests.enrolling").teachers(cast.school, 300)
    report = way.counted(cast, way.named(cast, people))
    with django_assert_max_num_queries(40):
        batch = way.issued(cast, report)
    with django_assert_max_num_queries(30):
        parcel = way.sent(cast, cast.mei, cast.county, batch.count)
    with django_assert_max_num_queries(30):
        cards.receive(actor=cast.zhou, consignment_id=parcel.pk, now=way.NOW)
    cards.receive(actor=cast.chen, consignment_id=way.sent(cast, cast.zhou, cast.school, 302).pk, now=way.NOW)
    with django_assert_max_num_queries(60):
        assert len(way.handed(cast, people)) == 300
    assert OPERATOR.account_id is None


def test_the_operators_command_writes_numbers_expires_and_checks(cast, way, capsys):
    options = import_module("xingtan.cli").parser()
    batch = way.delivered(cast)
    run = import_module("xingtan.config.commands.cards").run
    assert run(options.parse_args(["cards", "numbers", batch.public_id])) == 0
    assert capsys.readouterr().out.splitlines()[1].startswith(batch.first_number)
    assert run(options.parse_args(["cards", "numbers", "nothing"])) == 2
    assert run(options.parse_args(["cards", "expire"])) == 0
    assert run(options.parse_args(["cards", "check"])) == 0
    Card.everywhere.filter(number=batch.first_number).update(state="void")
    assert run(options.parse_args(["cards", "check"])) == 1
