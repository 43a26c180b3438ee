"""The notice of a year's verdicts: posted, signed, read; objections to a verdict from the first step to the last."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from tests import certifying, closing, crediting, enrolling
from tests.closing import DAYS, JUNE, LATER
from xingtan.core.calendar import WindowKind
from xingtan.domains.closing import api as closing_room
from xingtan.domains.closing.actions.noticing import tell_schools_and_teachers
from xingtan.domains.credits.models import CreditEntry
from xingtan.domains.determination import api as room
from xingtan.domains.policies import api as policies
from xingtan.foundation.audit.models import AuditLine
from xingtan.foundation.inbox.models import Message
from xingtan.foundation.notices import api as notices
from xingtan.foundation.refusal import NotAllowed, NotInScope, Refused


def refused(act, **values):
    with pytest.raises(Refused) as caught:
        act(**values)
    return caught.value.code


def decision(is_upheld=True, **values):
    reason = notices.DecisionReason.ENTRY_MISSING if is_upheld else notices.DecisionReason.RECORD_RIGHT
    return notices.Decision(**{"is_upheld": is_upheld, "reason": reason, "words": "已逐笔核对", **values})


def taken(cast, one, actor=None):
    actor = actor or cast.fan
    closing_room.assign_objections(actor=actor, objection_ids=[one.pk], handler_id=actor.account_id, now=LATER)
    one.refresh_from_db()
    return one


def test_a_notice_shows_the_last_trial_and_counts_the_schools_that_must_sign(cast):
    notice = closing.posted(cast)
    assert notice.params == {"year": 2026, "run": 1, "people": 1}
    assert notices.signed(notice, cast.province.scope) == notices.Signed(0, 1)
    closing_room.sign_notice(actor=cast.chen, training_year_id=cast.year.pk, now=LATER)
    closing_room.sign_notice(actor=cast.chen, training_year_id=cast.year.pk, now=LATER)
    assert notices.signed(notice, cast.province.scope).missing == 0
    assert closing_room.units_of(notice, cast.province.scope) == closing_room.Units(1, 1)


def test_nothing_is_posted_before_a_trial_nor_twice(cast):
    post = {"actor": cast.mei, "training_year_id": cast.year.pk, "days": DAYS, "now": JUNE}
    assert refused(closing_room.publish_notice, **post) == "notice_without_run"
    closing.posted(cast)
    assert refused(closing_room.publish_notice, **post) == "notice_stands"
    with pytest.raises(NotAllowed):
        closing_room.publish_notice(**{**post, "actor": cast.zhou})


def test_a_withdrawn_notice_makes_room_for_a_second_edition_once_no_objection_is_open(cast):
    closing.posted(cast)
    one = closing.objection(cast)
    withdraw = {"actor": cast.mei, "training_year_id": cast.year.pk, "reason": notices.WithdrawalReason.RUN_ANEW, "now": LATER}
    assert refused(closing_room.withdraw_notice, **withdraw) == "notice_has_objections"
    notices.withdraw(actor=cast.lin, objection_id=one.pk, now=LATER)
    closing_room.withdraw_notice(**withdraw)
    days = DAYS._replace(opens_on=LATER.date())
    assert closing_room.publish_notice(actor=cast.mei, training_year_id=cast.year.pk, days=days, now=LATER).edition == 2


def test_the_days_proposed_are_the_years_window_for_objections(cast):
    window = policies.windows_of(cast.year)[WindowKind.OBJECTIONS]
    assert closing_room.proposed_days(cast.year, date(2027, 6, 1))[:3] == (window.opens_on, window.closes_on, window.closes_on)
    late = closing_room.proposed_days(cast.year, date(2027, 9, 1))
    assert (late.opens_on, late.closes_on - late.opens_on) == (date(2027, 9, 1), window.closes_on - window.opens_on)


def test_a_teacher_reads_the_posted_verdict_even_after_another_run(cast):
    notice = closing.posted(cast)
    verdict = closing_room.shown_of(notice, cast.lin_teacher.pk).verdict
    for entry in CreditEntry.everywhere.filter(teacher=cast.lin_teacher):
        crediting.take_back(cast, entry, "重复登记", now=LATER)
    closing.tried(cast, LATER)
    assert room.determination_of(cast.lin_teacher.pk, cast.year.pk).verdict != verdict
    assert closing_room.read_own_notice(actor=cast.lin, notice=notice, now=LATER).verdict == verdict == "qualified"
    closing_room.read_own_notice(actor=cast.lin, notice=notice, now=LATER)
    assert notices.reader_count(notice) == 1


def test_an_objection_is_taken_until_midnight_of_its_last_day_there(cast):
    closing.posted(cast)
    last_minute = datetime(2027, 6, 30, 15, 59, 59, tzinfo=UTC)
    one = closing.objection(cast, now=last_minute)
    assert (one.number, one.due_on, one.is_by_office) == (1, date(2027, 7, 10), False)
    notices.withdraw(actor=cast.lin, objection_id=one.pk, now=last_minute)
    assert refused(closing.objection, cast=cast, now=last_minute + timedelta(seconds=1)) == "notice_over"


def test_only_one_objection_of_a_person_is_open_at_a_time(cast):
    closing.posted(cast)
    closing.objection(cast)
    assert refused(closing.objection, cast=cast) == "objection_one_at_a_time"


def test_a_school_files_for_its_teacher_visibly_and_nobody_else_does(cast):
    closing.posted(cast)
    one = closing.objection(cast, actor=cast.chen)
    assert one.is_by_office
    assert Message.objects.filter(account_id=cast.lin.account_id, code="objection_filed_for_you").count() == 1
    stranger = closing.Actor(
        account_id=999, role=closing.Role.TEACHER, organisation_id=cast.school.pk, scope=cast.school.scope, teacher_id=0
    )
    with pytest.raises(NotInScope):
        closing.objection(cast, actor=stranger)


def test_the_whole_way_of_an_upheld_objection_ends_with_a_new_verdict_and_a_trail(cast):
    (late,) = enrolling.teachers(cast.school, 1)
    crediting.register(cast, [late])
    closing.posted(cast)
    one = taken(cast, closing.objection(cast, actor=cast.chen, teacher_id=late.pk))
    closing_room.refer_objection(actor=cast.fan, objection=one, organisation_id=cast.county.pk, words="请核实", now=LATER)
    closing_room.reply_to_objection(actor=cast.zhou, objection_id=one.pk, words="签到表齐全，应补录", now=LATER)
    closing_room.decide_objection(actor=cast.fan, objection_id=one.pk, decision=decision(), now=LATER)
    certifying.verified(cast, [late])
    one.refresh_from_db()
    done = closing_room.follow_objection(actor=cast.fan, objection=one, now=LATER)
    assert (done.effect["from"], done.effect["to"], done.effect["is_changed"]) == ("make_up_required", "qualified", True)
    steps = ["filed", "assigned", "referred", "replied", "upheld", "followed"]
    assert [step.kind.value for step in notices.trail_of(done)] == steps
    assert list(AuditLine.objects.filter(act__startswith="notices.objection").order_by("pk").values_list("act", flat=True)) == [
        f"notices.objection_{step}" for step in steps
    ]
    counted = notices.tally(cast.province.scope, closing_room.notice_ids(cast.year.pk), LATER.date())
    assert (counted.total, counted.open, counted.upheld, counted.changed, counted.unfollowed) == (1, 0, 1, 1, 0)
    assert not any("签到" in str(line.detail) for line in AuditLine.objects.all())


def test_only_the_handler_decides_and_never_who_filed(cast):
    closing.posted(cast)
    one = closing.objection(cast)
    decide = {"objection_id": one.pk, "decision": decision(), "now": LATER}
    assert refused(closing_room.decide_objection, actor=cast.fan, **decide) == "objection_wrong_state"
    taken(cast, one, cast.mei)
    assert refused(closing_room.decide_objection, actor=cast.fan, **decide) == "objection_not_yours"
    with pytest.raises(NotAllowed):
        closing_room.decide_objection(actor=cast.zhou, **decide)
    closing_room.decide_objection(actor=cast.mei, **decide)
    assert refused(closing_room.decide_objection, actor=cast.mei, **decide) == "objection_wrong_state"


def test_an_objection_is_not_assigned_to_someone_who_may_not_decide(cast):
    closing.posted(cast)
    one = closing.objection(cast)
    values = {"actor": cast.mei, "objection_ids": [one.pk], "handler_id": cast.zhou.account_id, "now": LATER}
    assert refused(closing_room.assign_objections, **values) == "objection_handler_unknown"


def test_only_the_office_that_was_asked_replies(cast):
    closing.posted(cast)
    one = taken(cast, closing.objection(cast))
    closing_room.refer_objection(actor=cast.fan, objection=one, organisation_id=cast.city.pk, words="请核实", now=LATER)
    assert (
        refused(closing_room.reply_to_objection, actor=cast.zhou, objection_id=one.pk, words="我们说一下", now=LATER)
        == "notice_not_for_you"
    )
    with pytest.raises(NotInScope):
        closing_room.reply_to_objection(actor=cast.stranger, objection_id=one.pk, words="我们说一下", now=LATER)
    one.refresh_from_db()
    with pytest.raises(NotInScope):
        closing_room.refer_objection(actor=cast.fan, objection=one, organisation_id=cast.strange.pk, words="请核实", now=LATER)


def test_an_objection_that_is_not_upheld_is_not_followed(cast):
    closing.posted(cast)
    one = taken(cast, closing.objection(cast))
    closing_room.decide_objection(actor=cast.fan, objection_id=one.pk, decision=decision(is_upheld=False), now=LATER)
    one.refresh_from_db()
    assert refused(closing_room.follow_objection, actor=cast.fan, objection=one, now=LATER) == "objection_wrong_state"
    assert Message.objects.get(code="objection_not_upheld").account_id == cast.lin.account_id


def test_what_is_late_is_counted(cast):
    closing.posted(cast)
    closing.objection(cast)
    due = LATER.date() + timedelta(days=10)
    ids = closing_room.notice_ids(cast.year.pk)
    assert notices.tally(cast.province.scope, ids, due).overdue == 0
    assert notices.tally(cast.province.scope, ids, due + timedelta(days=1)).overdue == 1
    assert notices.tally(cast.strange.scope, ids, due).total == 0


def test_the_database_refuses_to_change_a_trail(cast):
    closing.posted(cast)
    closing.objection(cast)
    with pytest.raises(DatabaseError), transaction.atomic():
        notices.ObjectionStep.objects.update(words="改过")


def test_everyone_named_and_every_clerk_is_told_once(cast):
    notice = closing.posted(cast)
    closing.Account.objects.filter(pk=cast.lin.account_id).update(activated_at=JUNE)
    tell_schools_and_teachers(notice, now=JUNE)
    tell_schools_and_teachers(notice, now=JUNE)
    assert list(Message.objects.order_by("code").values_list("code", flat=True)) == ["notice_of_verdicts", "notice_to_sign"]
