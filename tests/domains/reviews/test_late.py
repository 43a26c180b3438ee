"""Late entries: after the window, with evidence and a reason, decided one level higher, in the year they belong to and marked late."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests import crediting, reviewing
from xingtan.core.calendar import WindowKind
from xingtan.domains.credits import api as credits_room
from xingtan.domains.policies import api as policies
from xingtan.domains.reviews import api as reviews
from xingtan.foundation.files.store import keep_file
from xingtan.foundation.refusal import NotAllowed, NotInScope, Refused

AFTER = datetime(2027, 7, 20, 4, tzinfo=UTC)
LONG_AFTER = datetime(2029, 7, 20, 4, tzinfo=UTC)


@pytest.fixture
def document(cast):
    return keep_file([b"%PDF-1.4 "], kind="late_entry", name="a.pdf", media_type="application/pdf", actor=cast.chen, now=AFTER)


def told(document, **values):
    said = {
        "component": "course",
        "title": "县级集中培训",
        "centi": 8_00,
        "on": date(2026, 12, 1),
        "reason": "漏登",
        "document_id": document.pk,
    }
    said |= values
    return reviews.Told(reason_code=reviews.LateReason.MISTAKE, **said)


def ask(cast, document, now=AFTER, **values):
    said = told(document, **values)
    return reviews.ask_late(actor=cast.chen, teacher_id=cast.lin_teacher.pk, training_year_id=cast.year.pk, told=said, now=now)


def test_a_late_entry_is_decided_one_level_higher_and_stands_in_its_year(cast, document):
    one = ask(cast, document)
    assert (ask(cast, document), one.office_id) == (one, cast.city.pk)
    with pytest.raises(NotAllowed):
        reviews.decide_late(actor=cast.zhou, late_id=one.pk, is_granted=True, answer="", now=AFTER)
    done = reviews.decide_late(actor=cast.city_officer, late_id=one.pk, is_granted=True, answer="", now=AFTER)
    entry = credits_room.CreditEntry.everywhere.get(pk=done.entry_id)
    assert (entry.kind, entry.training_year_id, entry.recognised_centi) == ("late", cast.year.pk, 8_00)
    assert crediting.amounts(cast, cast.lin_teacher).total.verified == 8_00
    assert reviews.decide_late(actor=cast.city_officer, late_id=one.pk, is_granted=True, answer="", now=AFTER).entry_id == entry.pk
    reviewing.sound()


@pytest.mark.parametrize(
    ("why", "values"),
    [
        ("late_needs_document", {"document_id": None}),
        ("late_outside_year", {"on": date(2027, 7, 2)}),
        ("late_incomplete", {"component": "nonsense"}),
        ("reason_missing", {"reason": " "}),
        ("late_too_late", {"now": LONG_AFTER}),
        ("late_not_yet", {"now": crediting.NOW}),
    ],
)
def test_a_request_without_its_grounds_is_refused(cast, document, why, values):
    with pytest.raises(Refused, match=why):
        ask(cast, document, **values)


def test_in_a_closed_year_the_province_decides(cast, document):
    policies.TrainingYear.everywhere.filter(pk=cast.year.pk).update(state=policies.YearState.CLOSED)
    one = ask(cast, document)
    assert one.office_id == cast.province.pk
    with pytest.raises(Refused, match="not_your_level"):
        reviews.decide_late(actor=cast.city_officer, late_id=one.pk, is_granted=True, answer="", now=AFTER)
    with pytest.raises(Refused, match="reason_missing"):
        reviews.decide_late(actor=cast.mei, late_id=one.pk, is_granted=False, answer="", now=AFTER)
    assert reviews.decide_late(actor=cast.mei, late_id=one.pk, is_granted=False, answer="凭据不足", now=AFTER).state == "refused"
    assert credits_room.CreditEntry.everywhere.count() == 0


def test_caps_hold_for_what_comes_late(cast, document):
    one = ask(cast, document, centi=90_00)
    done = reviews.decide_late(actor=cast.city_officer, late_id=one.pk, is_granted=True, answer="", now=AFTER)
    assert done.entry.recognised_centi == 50_00
    two = ask(cast, document, title="另一次", centi=1_00)
    with pytest.raises(Refused, match="late_nothing_left"):
        reviews.decide_late(actor=cast.city_officer, late_id=two.pk, is_granted=True, answer="", now=AFTER)


def test_a_county_is_given_more_days_by_the_office_above_and_enters_and_decides_in_them(cast):
    crediting.delivered(cast, [cast.lin_teacher], 36_000)
    with pytest.raises(Refused, match="hours_window_closed"):
        credits_room.enter(actor=cast.ming, training_year_id=cast.year.pk, now=AFTER)

    def extend(kind, actor=cast.city_officer, reason="停电", county=cast.county):
        values = {"training_year_id": cast.year.pk, "county_id": county.pk, "kind": kind, "until_on": date(2027, 8, 1)}
        return reviews.extend(actor=actor, reason=reason, now=AFTER, **values)

    with pytest.raises(NotAllowed):
        extend(WindowKind.ENTRY, cast.zhou)
    with pytest.raises(Refused, match="reason_missing"):
        extend(WindowKind.ENTRY, reason="")
    with pytest.raises(NotInScope):
        extend(WindowKind.STUDY)
    assert extend(WindowKind.ENTRY) == extend(WindowKind.ENTRY)
    extend(WindowKind.REVIEW)
    [entry] = credits_room.enter(actor=cast.ming, training_year_id=cast.year.pk, now=AFTER)
    done = reviews.decide(actor=cast.he, step=reviewing.Step.REVIEW, entry_ids=[entry.pk], outcome=reviewing.Outcome.PASSED, now=AFTER)
    assert done.moved == 1
    [row] = reviews.clocks(cast.county.scope, cast.year, AFTER.date(), by_school=True)
    assert (row.due_on, row.late, row.late_days) == (date(2027, 8, 1), 0, 0)
    [row] = reviews.clocks(cast.county.scope, cast.year, date(2027, 8, 11), by_school=True)
    assert (row.late, row.late_days) == (1, 10)
