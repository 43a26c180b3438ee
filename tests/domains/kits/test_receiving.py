"""Blocks of kits arrive in any order, in portions, again, from two kits, after a fork: no hour is lost or counted twice."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import enrolling, kitting
from tests.kitting import BEGIN, LATER
from xingtan.config.hallway import HALLWAY
from xingtan.domains.assessment.models import QuizAttempt
from xingtan.domains.credits.models import Evidence
from xingtan.domains.kits import api as kits
from xingtan.domains.kits.models import CountedTime, Delivery, KitBlock
from xingtan.domains.learning import api as learning
from xingtan.foundation.events.models import Event
from xingtan.foundation.keys.store import add_version
from xingtan.foundation.refusal import NotAllowed, NotInScope, Refused

pytestmark = pytest.mark.django_db(databases="__all__")


def learned(cast, teacher=None):
    """Seconds by unit's place, as the hallway is told them."""
    ids = [unit.pk for unit in cast.units]
    found = learning.learned_of((teacher or cast.lin_teacher).pk, ids)
    return [found[pk] for pk in ids]


def deliver():
    """The hallway's events go along, as they do when a transaction is kept."""
    for event in Event.objects.order_by("pk"):
        for handler in HALLWAY[event.name]:
            handler(event.payload, event.happened_at)


@pytest.fixture
def laptop(cast):
    """A kit with one session: both are there, Mao comes late; the first film is played whole."""
    made = kitting.make(cast)
    made.session(BEGIN, [(cast.lin_teacher, 0, None), (cast.mao, 10, 24)], [(cast.units[0], 0, 24)])
    return made


def test_a_session_is_hours_of_whoever_was_there(cast, laptop):
    got = kitting.receive(laptop)
    assert (got.new, got.known, got.acknowledgement["height"]) == (len(laptop.pieces), 0, len(laptop.pieces))
    assert learned(cast)[0] == 24
    assert learned(cast, cast.mao)[0] == 24
    rows = CountedTime.objects.filter(teacher=cast.lin_teacher)
    assert [(one.source, one.mode, one.seconds) for one in rows] == [(f"kit:{laptop.uuid}", "township", 24)]


def test_the_same_again_changes_nothing(cast, laptop):
    kitting.receive(laptop)
    before = learned(cast), CountedTime.objects.count(), KitBlock.objects.count()
    got = kitting.receive(laptop)
    assert (got.new, got.known) == (0, len(laptop.pieces))
    assert (learned(cast), CountedTime.objects.count(), KitBlock.objects.count()) == before
    assert Delivery.objects.count() == 1


def test_a_later_half_waits_for_the_earlier(cast, laptop):
    half = len(laptop.pieces) // 2
    got = kitting.receive(laptop, laptop.pieces[half:])
    assert (got.acknowledgement["height"], got.acknowledgement["waiting"], learned(cast)[0]) == (0, len(laptop.pieces) - half, 0)
    got = kitting.receive(laptop, laptop.pieces[:half])
    assert (got.acknowledgement["height"], got.acknowledgement["waiting"], learned(cast)[0]) == (len(laptop.pieces), 0, 24)


def test_two_kits_of_a_group_never_count_a_second_or_a_part_twice(cast, laptop):
    second = kitting.make(cast)
    second.session(BEGIN + 5, [(cast.lin_teacher, 0, None)], [(cast.units[0], 0, 24), (cast.units[2], 0, 30)])
    kitting.receive(laptop)
    kitting.receive(second)
    assert learned(cast)[0] == 24
    assert learned(cast)[2] == 30
    assert sum(learned(cast)) <= 5 + 24 + 30
    assert sum(one.doubts.get("counted_already", 0) for one in kits.Kit.everywhere.all()) == 24


def test_a_teacher_who_changed_school_keeps_the_hours(cast, laptop):
    cast.lin_teacher.school = cast.elsewhere
    cast.lin_teacher.save()
    kitting.receive(laptop)
    deliver()
    assert learned(cast)[0] == 24
    assert Evidence.everywhere.get(teacher=cast.lin_teacher).learned_s == 24


def test_an_ended_grant_counts_to_its_last_day(cast, laptop):
    laptop.session(BEGIN + 7 * 86_400, [(cast.lin_teacher, 0, None)], [(cast.units[2], 0, 30)], session="s2")
    kitting.receive(laptop)
    assert learned(cast)[2] == 30
    kits.end_group(actor=cast.zhou, group_id=cast.group.pk, last_on=kitting.SATURDAY, reason="教学点撤并", now=LATER)
    kits.count_members(cast.group.pk, LATER)
    assert (learned(cast)[0], learned(cast)[2]) == (24, 0)


@pytest.mark.parametrize(("moved_s", "doubt"), [(-3 * 86_400, "before_kit"), (60 * 86_400, "after_receipt"), (4 * 3600, "outside_times")])
def test_a_clock_that_cannot_be_right_earns_nothing_and_says_why(cast, moved_s, doubt):
    laptop = kitting.make(cast)
    laptop.session(BEGIN + moved_s, [(cast.lin_teacher, 0, None)], [(cast.units[0], 0, 24)])
    kitting.receive(laptop)
    assert learned(cast)[0] == 0
    assert kits.Kit.everywhere.get().doubts[doubt] > 0


def test_a_clock_set_back_to_study_an_hour_twice_earns_it_once(cast, laptop):
    laptop.session(BEGIN + 3600, [(cast.lin_teacher, 0, None)], [(cast.units[2], 0, 30)], session="s2")
    laptop.session(BEGIN + 60, [(cast.lin_teacher, 0, None)], [(cast.units[1], 0, 20)], session="s3")
    kitting.receive(laptop)
    assert (learned(cast)[0], learned(cast)[2], learned(cast)[1]) == (24, 30, 0)
    assert kits.Kit.everywhere.get().doubts["clock_back"] > 0


def test_a_copied_kit_is_shown_for_decision_and_not_merged(cast, laptop):
    other = laptop.copy()
    laptop.session(BEGIN + 600, [(cast.lin_teacher, 0, None)], [(cast.units[2], 0, 30)], session="s2")
    other.session(BEGIN + 900, [(cast.mao, 0, None)], [(cast.units[2], 0, 40)], session="s3")
    kitting.receive(laptop)
    kitting.receive(other)
    kit = kits.Kit.everywhere.get()
    [fork] = kits.forks_of(kit)
    assert [way.people for way in fork.ways] == [2, 2]  # a member and the leader
    assert (learned(cast)[0], learned(cast)[2], learned(cast, cast.mao)[2]) == (24, 0, 0)
    decide(cast, kit, fork, [one.digest for one in fork.ways])
    assert (learned(cast)[2], learned(cast, cast.mao)[2]) == (30, 40)
    own = next(piece.digest for piece in laptop.pieces if piece.digest in fork.fork.ways)
    decide(cast, kit, fork, [own])
    assert (learned(cast)[0], learned(cast)[2], learned(cast, cast.mao)[2]) == (24, 30, 0)


def decide(cast, kit, fork, ways):
    return kits.decide_fork(actor=cast.zhou, kit_id=kit.pk, previous=fork.fork.previous, chosen=ways, reason="两台都在用", now=LATER)


def test_a_quiz_arrives_once(cast, laptop):
    quiz = next(unit for unit in cast.units if unit.kind == "quiz")
    answers = {
        str(one["key"]): [str(key).lower() if not one.get("options") else str(key) for key in one["answer"]]
        for one in quiz.body["questions"]
    }
    line = {
        "what": "answered",
        "at": BEGIN + 300,
        "session": "s1",
        "person": cast.lin_teacher.public_id,
        "unit": quiz.public_id,
        "answers": answers,
    }
    laptop.write(line)
    kitting.receive(laptop)
    kitting.receive(laptop)
    attempt = QuizAttempt.everywhere.get()
    assert (attempt.teacher_id, attempt.score, attempt.is_passed) == (cast.lin_teacher.pk, 100, True)


def test_what_was_altered_or_is_not_this_kits_is_refused(cast, laptop):
    told = laptop.parcel(laptop.pieces)
    told["blocks"][1]["lines"][0][1]["person"] = cast.mao.public_id
    with pytest.raises(Refused, match="kit_chain_broken"):
        kits.receive(told, how=kits.How.LINE, now=LATER)
    other = kitting.make(cast)
    other.key = laptop.made.key
    other.session(BEGIN, [(cast.lin_teacher, 0, None)], [(cast.units[0], 0, 24)])
    with pytest.raises(Refused, match="kit_signature_wrong"):
        kitting.receive(other)
    assert KitBlock.objects.count() == 0


def test_a_withdrawn_kit_delivers_nothing_more(cast, laptop):
    kits.withdraw_kit(actor=cast.zhou, kit_id=laptop.kit.pk, reason="丢失", now=LATER)
    with pytest.raises(Refused, match="kit_withdrawn"):
        kitting.receive(laptop)


def test_a_file_that_broke_off_gives_what_it_holds(cast, laptop):
    lines = list(kits.file_lines(laptop, laptop.uuid))
    text = "\n".join([lines[0], *map(json.dumps, laptop.parcels(size=2))])
    done = kits.receive_file(text[: len(text) * 2 // 3], actor=cast.zhou, now=LATER)
    assert not done.is_whole
    assert 0 < done.new < len(laptop.pieces)
    done = kits.receive_file("\n".join(lines), actor=cast.zhou, now=LATER)
    assert (done.is_whole, learned(cast)[0]) == (True, 24)


def test_who_may_receive(cast, laptop):
    text = "\n".join(kits.file_lines(laptop, laptop.uuid))
    with pytest.raises(NotAllowed):
        kits.receive_file(text, actor=cast.chen, now=LATER)
    stranger = enrolling.actor_of("county_officer", cast.strange)
    with pytest.raises(NotInScope):
        kits.receive_file(text, actor=stranger, now=LATER)


@given(data=st.data())
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)
def test_any_order_any_portions_any_repetition_is_the_same_total(cast, data):
    """Two kits and an online learner: whatever arrives when, the figures at the end are those of everything at once."""
    first, second = kitting.make(cast), kitting.make(cast)
    first.session(BEGIN, [(cast.lin_teacher, 0, None), (cast.mao, 4, 20)], [(cast.units[0], 0, 24), (cast.units[2], 0, 20)])
    second.session(BEGIN + 10, [(cast.lin_teacher, 0, None)], [(cast.units[2], 10, 40)])
    portions = [(laptop, piece) for laptop in (first, second) for piece in data.draw(cuts(laptop.pieces), label="portions")]
    order = data.draw(st.permutations(portions + portions[: data.draw(st.integers(0, len(portions)))]), label="order")
    for number, (laptop, pieces) in enumerate(order):
        kitting.receive(laptop, pieces, LATER + timedelta(minutes=number))
    # The second film of the second kit lies on real time that the first kit counted, but for its last seconds.
    assert (learned(cast)[0], learned(cast)[2], learned(cast, cast.mao)[0]) == WHOLE


WHOLE = (24, 20, 24)


@st.composite
def cuts(draw, pieces):
    places = sorted(draw(st.sets(st.integers(1, len(pieces) - 1), max_size=4)))
    return [pieces[a:b] for a, b in zip([0, *places], [*places, len(pieces)], strict=True)]


def test_a_kit_believes_its_centre_after_the_centres_keys_were_rotated(cast, laptop, tmp_path):
    folder = kits.write_folder(laptop.made, tmp_path / "kit")
    add_version("signing")
    book = kits.KitBook(folder)
    assert book.uuid == laptop.uuid
    told = kitting.receive(laptop).acknowledgement
    assert book.keep_acknowledgement(told)
    assert book.acknowledged()["height"] == len(laptop.pieces)
    assert not book.keep_acknowledgement({**told, "height": 99})
    manifest = folder / "manifest.json"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace("东坑", "西坑"), encoding="utf-8")
    with pytest.raises(Refused, match="kit_manifest_altered"):
        _ = kits.KitBook(folder).manifest
