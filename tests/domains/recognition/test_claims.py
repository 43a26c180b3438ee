"""What teachers declare: documents, two people, caps that hold once, and hours that are taken back when a claim is withdrawn."""

from __future__ import annotations

from datetime import date

import pytest

from tests import crediting, recognising
from tests.deputies import refuses_own, standing_in
from tests.recognising import DAY, NOW, claim
from xingtan.domains.credits import api as credits_room
from xingtan.domains.credits.models import Evidence
from xingtan.domains.recognition import api as room
from xingtan.domains.recognition.models import Claim
from xingtan.foundation.inbox.models import Message
from xingtan.foundation.people.roles import Role
from xingtan.foundation.refusal import NotAllowed, NotInScope, Refused

pytestmark = pytest.mark.django_db(databases="__all__")


def refused(act, *args, **more):
    with pytest.raises(Refused) as found:
        act(*args, **more)
    return found.value.code


def decide(cast, made, actor=None, reason="", *, is_recognised=True):
    ids = [one.pk for one in made] if isinstance(made, list) else [made.pk]
    done = room.decide_claims(actor=actor or cast.chen, ids=ids, is_recognised=is_recognised, reason=reason, now=NOW)
    recognising.told(Claim.everywhere.filter(pk__in=ids))
    return done


def amount(cast):
    return credits_room.amounts_of([cast.lin_teacher.pk], cast.year.pk)[cast.lin_teacher.pk].by_component["workshop"]


def test_a_teacher_claims_and_the_school_recognises(cast):
    made = claim(cast, amount=2_00)
    assert (made.state, made.school_id) == ("claimed", cast.school.pk)
    assert claim(cast, amount=2_00).pk == made.pk
    assert decide(cast, made) == 1
    [row] = Evidence.everywhere.filter(source=f"recognised:{made.pk}")
    assert (row.component, row.learned_centi, row.title, row.provider_id) == ("workshop", 2_00, "公开课《荷花》", cast.school.pk)
    assert Message.objects.get(account_id=cast.lin_teacher.account_id).code == "claim_recognised"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"amount": 0}, "claim_of_nothing"),
        ({"amount": 20_01}, "claim_too_much"),
        ({"on": date(2026, 6, 30)}, "claim_outside_year"),
        ({"on": date(2026, 11, 22)}, "claim_in_the_future"),
        ({"way": "national_platform"}, "way_not_yours"),
        ({"way": "unheard"}, "way_unknown"),
        ({"papers": []}, "proof_missing"),
    ],
)
def test_what_may_not_be_claimed(cast, changes, code):
    assert refused(claim, cast, **changes) == code
    assert not Claim.everywhere.exists()


def test_a_file_that_is_not_what_it_says_is_refused(cast):
    assert refused(recognising.paper, cast, content=b"MZ not a document") == "file_is_not_what_it_says"


def test_the_pack_says_who_decides(cast):
    lesson, prize = claim(cast), claim(cast, way="contest", title="区教学竞赛一等奖")
    assert refused(decide, cast, prize) == "way_decided_higher"
    with pytest.raises(NotAllowed):
        decide(cast, lesson, actor=cast.lin)
    with pytest.raises(NotInScope):
        decide(cast, lesson, actor=cast.stranger)
    assert decide(cast, prize, actor=cast.zhou) == 1
    assert refused(decide, cast, lesson, is_recognised=False) == "recognition_needs_a_reason"
    decide(cast, lesson, is_recognised=False, reason="证明不清")
    assert refused(decide, cast, lesson) == "claim_wrong_state"


def test_nobody_decides_what_they_claimed_for_another(cast):
    made = claim(cast, way="elsewhere", actor=cast.chen, teacher_id=cast.lin_teacher.pk, amount=10_00)
    assert refused(room.decide_claims, actor=cast.chen, ids=[made.pk], is_recognised=True, now=NOW) == "recognition_own"
    [strange] = recognising.enrolling.teachers(cast.second, 1)
    with pytest.raises(NotInScope):
        claim(cast, way="elsewhere", actor=cast.chen, teacher_id=strange.pk, amount=10_00)
    decide(cast, made, actor=cast.zhou)
    [row] = Evidence.everywhere.filter(source=f"recognised:{made.pk}")
    assert (row.component, row.learned_centi) == ("course", 10_00)


def test_a_cap_is_shown_before_and_holds_once_in_the_ledger_and_in_the_verdict(cast):
    first, second = claim(cast, amount=4_00), claim(cast, amount=5_00, title="观摩课")
    decide(cast, [first])
    look = room.outlook_of(second)
    assert (look.worth, look.cap, look.taken, look.counts) == (5_00, 6_00, 4_00, 2_00)
    decide(cast, [second])
    due = credits_room.enter(actor=cast.chen, training_year_id=cast.year.pk, now=NOW)
    assert sorted((one.learned_centi, one.recognised_centi) for one in due) == [(4_00, 4_00), (5_00, 2_00)]
    for one in due:  # what is over the cap is flagged, and passes alone
        crediting.walk(cast, [one])
    found = amount(cast)
    assert (found.learned, found.recognised, found.verified) == (9_00, 6_00, 6_00)
    assert credits_room.enter(actor=cast.chen, training_year_id=cast.year.pk, now=NOW) == []


def test_the_verdict_counts_what_the_ledger_counts(cast):
    from_room = [claim(cast, amount=4_00), claim(cast, amount=5_00, title="观摩课")]
    decide(cast, from_room)
    for one in credits_room.enter(actor=cast.chen, training_year_id=cast.year.pk, now=NOW):
        crediting.walk(cast, [one])
    record = recognising.record_of(cast)
    assert record.verdict.numbers["workshop_verified"] == 6_00
    assert record.amounts.by_component["workshop"].verified == 6_00


def test_what_is_withdrawn_is_taken_back_from_the_ledger(cast):
    made = claim(cast, amount=2_00)
    decide(cast, made)
    credits_room.enter(actor=cast.chen, training_year_id=cast.year.pk, now=NOW)
    assert refused(room.withdraw_claims, actor=cast.lin, ids=[made.pk], reason="误报", now=NOW) == "way_decided_higher"
    room.withdraw_claims(actor=cast.chen, ids=[made.pk], reason="证明为假", now=NOW)
    recognising.told([made])
    assert amount(cast).entered == 0
    assert credits_room.enter(actor=cast.chen, training_year_id=cast.year.pk, now=NOW) == []


def test_a_teacher_withdraws_what_waits_and_sees_the_own_claims_only(cast):
    made = claim(cast)
    other = recognising.enrolling.actor_of(Role.TEACHER, cast.school, cast.ma)
    with pytest.raises(NotInScope):
        room.withdraw_claims(actor=other, ids=[made.pk], reason="x", now=NOW)
    with pytest.raises(NotInScope):
        room.claim_in(other, made.public_id)
    room.withdraw_claims(actor=cast.lin, ids=[made.pk], reason="重新整理", now=NOW)
    assert [one.state for one in room.claims_of(cast.lin_teacher.pk)] == ["withdrawn"]


def test_the_exact_ratio_is_floored_once_for_all_claims_of_a_conversion(cast):
    made = recognising.approved(cast)
    other = recognising.approved(cast, title="数学组磨课")
    for training, hours in ((made, (9, 11)), (other, (14, 16))):
        recognising.attend(cast, recognising.meet(cast, training, hours=hours, on=DAY), {cast.lin_teacher: 50})
        recognising.convert(cast, training)
    # 50 minutes are 0.83 hours, 100 minutes are 1.66: the second training is worth 0.83, not less; a third 50 makes 2.50.
    assert [one.worth_centi for one in Claim.everywhere.order_by("pk")] == [83, 83]
    third = recognising.approved(cast, title="科学组磨课")
    recognising.attend(cast, recognising.meet(cast, third, hours=(17, 18)), {cast.lin_teacher: 50})
    recognising.convert(cast, third)
    assert sum(Claim.everywhere.values_list("worth_centi", flat=True)) == 2_50


def test_nobody_recognises_the_own_claim(cast):
    made = claim(cast)
    refuses_own(decide, cast, made, actor=standing_in(cast.chen, cast.lin_teacher))
    assert decide(cast, made) == 1
