"""A verdict of a closed year put right: seen before it is done, done by a second officer, and by nobody otherwise."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from tests import certifying, closing, crediting, enrolling
from tests.closing import OVER
from xingtan.domains.certificates.models import CertificatePage
from xingtan.domains.certificates.states import PageState
from xingtan.domains.closing import api as closing_room
from xingtan.domains.closing.models import Correction
from xingtan.domains.closing.states import CorrectionReason
from xingtan.domains.credits.models import CreditEntry, EntryState
from xingtan.domains.determination import api as room
from xingtan.domains.determination.models import Determination
from xingtan.domains.policies import api as policies
from xingtan.domains.teachers.models import TeacherStanding
from xingtan.foundation.audit.models import AuditLine
from xingtan.foundation.events.models import Event
from xingtan.foundation.inbox.models import Message
from xingtan.foundation.refusal import NotAllowed, NotInScope, Refused


def refused(act, **values):
    with pytest.raises(Refused) as caught:
        act(**values)
    return caught.value.code


@pytest.fixture
def late(cast):
    """The year is closed, Lin's certificate page is issued, and then Lin's hours turn out not to be genuine."""
    closing.closed(cast)
    certifying.certificates.issue_due(Event.objects.get(name="determination.examined").payload, OVER)
    take_back(cast, cast.lin_teacher)
    return cast


def take_back(cast, teacher):
    for entry in CreditEntry.everywhere.filter(teacher=teacher, corrects=None).order_by("pk"):
        if EntryState.everywhere.get(entry=entry).state == "verified":
            crediting.take_back(cast, entry, actor=cast.mei, now=OVER)


def proposed(cast, actor=None, **values):
    sound = {
        "training_year_id": cast.year.pk,
        "teacher_id": cast.lin_teacher.pk,
        "reason": CorrectionReason.FRAUD,
        "words": "经查，系他人代学",
    }
    return closing_room.propose_correction(actor=actor or cast.mei, **{**sound, **values}, now=OVER)


def state(cast):
    final = room.final_of(cast.lin_teacher.pk, cast.year.pk)
    return final.pk, final.verdict, Determination.everywhere.count(), Event.objects.count(), AuditLine.objects.count()


def test_what_a_correction_will_move_is_seen_and_nothing_has_moved(late):
    before = state(late)
    moves = closing_room.rehearse(actor=late.mei, training_year_id=late.year.pk, teacher_id=late.lin_teacher.pk, now=OVER)
    assert moves["verdict"] == ["qualified", "make_up_required"]
    assert moves["verified_centi"] == [72_00, 0]
    assert state(late) == before


def test_a_second_officer_carries_it_out_exactly_as_it_was_seen(late):
    one = proposed(late)
    assert one.moves["verdict"] == ["qualified", "make_up_required"]
    done = closing_room.carry_correction(actor=late.fan, correction_id=one.pk, now=OVER)
    final = room.final_of(late.lin_teacher.pk, late.year.pk)
    assert (final.pk, final.verdict, final.examined_by_id) == (done.after_id, "make_up_required", late.fan.account_id)
    old = Determination.everywhere.get(pk=done.before_id)
    assert (old.is_current, old.verdict, old.until_run_id) == (False, "qualified", final.run_id)
    assert TeacherStanding.objects.get(teacher=late.lin_teacher, year=2026).verdict == "make_up_required"
    assert Message.objects.filter(account_id=late.lin.account_id, code="verdict_corrected").count() == 1
    assert AuditLine.objects.get(act="closing.correction_done").detail["reason"] == "fraud"


def test_the_certificate_follows(late):
    closing_room.carry_correction(actor=late.fan, correction_id=proposed(late).pk, now=OVER)
    follow(OVER)
    assert pages(late) == [("revoked", "other")]
    assert policies.year_by_id(late.mei, late.year.pk).state == "closed"


def follow(now):
    certifying.certificates.follow_corrections(Event.objects.filter(name="closing.corrected").latest("pk").payload, now)


def pages(cast):
    found = CertificatePage.everywhere.filter(certificate__teacher=cast.lin_teacher).order_by("version")
    return list(found.values_list("state", "end_reason"))


def test_following_twice_changes_nothing_more(late):
    closing_room.carry_correction(actor=late.fan, correction_id=proposed(late).pk, now=OVER)
    follow(OVER)
    follow(OVER)
    assert CertificatePage.everywhere.filter(state=PageState.VALID).count() == 0
    assert len(pages(late)) == 1


def test_nobody_carries_out_the_own_proposal_and_the_county_none_at_all(late):
    one = proposed(late)
    assert refused(closing_room.carry_correction, actor=late.mei, correction_id=one.pk, now=OVER) == "correction_own"
    with pytest.raises(NotAllowed):
        closing_room.carry_correction(actor=late.zhou, correction_id=one.pk, now=OVER)
    with pytest.raises(IntegrityError), transaction.atomic():
        Correction.everywhere.filter(pk=one.pk).update(state="done", after_id=one.before_id, decided_by_id=late.mei.account_id)


def test_a_correction_that_would_move_something_else_by_now_is_refused(late):
    one = proposed(late)
    Correction.everywhere.filter(pk=one.pk).update(moves={**one.moves, "verified_centi": [72_00, 10_00]})
    assert refused(closing_room.carry_correction, actor=late.fan, correction_id=one.pk, now=OVER) == "correction_moved"
    assert room.final_of(late.lin_teacher.pk, late.year.pk).verdict == "qualified"


def test_what_moves_nothing_or_is_not_final_or_says_no_why_is_not_proposed(cast):
    closing.closed(cast)
    assert refused(proposed, cast=cast) == "correction_moves_nothing"
    assert refused(proposed, cast=cast, words="  ") == "correction_without_words"
    (newcomer,) = enrolling.teachers(cast.school, 1)
    assert refused(proposed, cast=cast, teacher_id=newcomer.pk) == "correction_nothing_final"
    assert Correction.everywhere.count() == 0


def test_an_open_year_is_not_corrected_but_determined_anew(cast):
    room.examine(actor=cast.mei, training_year_id=cast.year.pk, now=OVER)
    assert refused(proposed, cast=cast) == "correction_year_open"


def test_one_correction_of_a_person_waits_at_a_time(late):
    proposed(late)
    assert refused(proposed, cast=late) == "correction_waits"


def test_it_is_withdrawn_by_whoever_proposed_it_and_refused_by_the_other(late):
    one = proposed(late)
    assert closing_room.drop_correction(actor=late.mei, correction_id=one.pk, now=OVER).state == "withdrawn"
    other = proposed(late)
    assert closing_room.drop_correction(actor=late.fan, correction_id=other.pk, now=OVER).state == "refused"
    assert refused(closing_room.carry_correction, actor=late.fan, correction_id=other.pk, now=OVER) == "correction_decided"


def test_another_branch_is_not_corrected(late):
    province = closing.second_officer(late.province, "third")
    with pytest.raises(NotInScope):
        closing_room.propose_correction(
            actor=closing.Actor(account_id=province.account_id, role=province.role, organisation_id=late.strange.pk, scope=late.strange.scope),
            training_year_id=late.year.pk, teacher_id=late.lin_teacher.pk, reason=CorrectionReason.COURT, words="法院判决撤销", now=OVER,
        )  # fmt: skip


def test_an_open_later_year_is_determined_anew_and_what_it_owes_is_told(late):
    later = policies.open_year(actor=late.mei, organisation_id=late.province.pk, year=2027, pack_id=late.year.pack_id, now=OVER)
    if later.cycle_first != late.year.cycle_first:
        pytest.fail("the cast's year must not be the last of its cycle")
    room.determine(actor=late.mei, training_year_id=later.pk, now=OVER)
    one = proposed(late)
    assert [(line["year"], line["is_closed"]) for line in one.moves["later"]] == [(2027, False)]
    closing_room.carry_correction(actor=late.fan, correction_id=one.pk, now=OVER)
    reasons = {reason["code"] for reason in room.determination_of(late.lin_teacher.pk, later.pk).reasons}
    assert "earlier_year_owed" in reasons
    assert crediting.NOW < OVER
