"""What the night's look found in the running year, and how far the county came with it: some of each kind, some in each state."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta

from xingtan.core.calendar import midnight_of
from xingtan.domains.anomalies import api as anomalies
from xingtan.domains.assessment import api as assessment
from xingtan.domains.courses import api as courses
from xingtan.domains.learning import api as learning
from xingtan.domains.policies import api as policies
from xingtan.domains.supervision import api as supervision
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.db import BEATS, writing
from xingtan.foundation.events.hallway import deliver_pending
from xingtan.foundation.keys import dated_token
from xingtan.foundation.people.roles import Actor, Role

from . import cast
from .clock import Clock
from .offers import Offered

Show = Callable[[str], None]
HOUR = 3600
TOGETHER_S, PIECE_S = 150, 7
"""The demonstration's films last a minute at most and its quiz three, so every stretch that counts is short."""
QUESTION = "当日多人在同一台设备上学习，请说明当时的情况。"
ANSWERS = ("当天学校停网，三人在微机室轮流使用同一台电脑。", "是我本人学习，另两位同事在旁边等候。")
Act, Reason = anomalies.Act, anomalies.Reason


class Scene:
    """The people of the year's first course, its films, and a clock: what the stories below are made of."""

    def __init__(self, clock: Clock, year: policies.TrainingYear, offered: Offered) -> None:
        offer = offered.courses["XXYW-01"]
        units = courses.units_of([offer.course_id or 0])[offer.course_id or 0]
        self.clock, self.year = clock, year
        self.films = [unit for unit in units if unit.kind == courses.UnitKind.VIDEO]
        self.quiz = next(unit for unit in units if unit.kind == courses.UnitKind.QUIZ)
        self.policy = policies.policy_of(year).learned_time
        self.rules = list(self.policy.beat_rules(is_effort=False))
        chosen = {teacher_id for teacher_id, offer_id, _name in offered.registered_courses() if offer_id == offer.pk}
        chosen -= set(
            learning.UnitProgress.objects.filter(teacher_id__in=chosen)
            .exclude(teacher_id=cast.teacher_actor(offered.cast_name).teacher_id or 0)
            .values_list("teacher_id", flat=True)
        )
        people = teachers.teachers_by_id(chosen).values()
        self.lin = next((one for one in people if one.name == offered.cast_name), None)
        self.people = sorted((one for one in people if one.name != offered.cast_name), key=lambda one: (one.school_id, one.pk))
        self.next = 0

    def some(self, count: int) -> list[teachers.Teacher]:
        """The next people of the list, whom no other story is about; fewer, or nobody, where the county is too small."""
        self.next += count
        return self.people[self.next - count : self.next]

    def at(self, days_ago: int, hour: int, minute: int = 0) -> int:
        """Epoch seconds of a local time some days before loading."""
        return midnight_of(self.clock.today.toordinal() - days_ago) + hour * HOUR + minute * 60

    def opened(self, one: teachers.Teacher, unit: courses.Unit, at: int, *, device: str = "", address: str = "") -> None:
        """The teacher opened the unit's page at that moment."""
        learning.Opening.everywhere.create(
            session=f"demo-{one.pk}-{unit.pk}-{at}", teacher=one, school_id=one.school_id, unit=unit, opened_at=at,
            length_s=learning.length_of(unit, self.policy), rules=self.rules, device=device, address_key=address,
        )  # fmt: skip

    def studied(self, one: teachers.Teacher, unit: courses.Unit, starts: Iterable[int], piece_s: int, on: date) -> None:
        """Stretches of the unit were counted from these moments on."""
        walls = [[at, at + piece_s] for at in starts]
        facts = {"teacher_id": one.pk, "unit_id": unit.pk, "learned_s": len(walls) * piece_s}
        length = {"length_s": learning.length_of(unit, self.policy), "changed_at": walls[-1][1]}
        with writing(BEATS):
            learning.UnitDay.objects.create(local_on=on, walls=walls, **facts)
            learning.UnitProgress.objects.create(**facts, **length)


def fill(clock: Clock, year: policies.TrainingYear, offered: Offered, show: Show) -> None:
    """Things look wrong here and there, the night's look has found them, the county has dealt with some; a few people study right now."""
    scene = Scene(clock, year, offered)
    by_others = _by_others(scene)
    _machine(scene)
    _clock(scene)
    _devices(scene)
    _now(scene)
    _address(scene)
    learning.tell_learned(clock.now)
    deliver_pending()
    anomalies.look(clock.now)
    anomalies.keep_findings(by_others, now=clock.now)
    _decide(scene)
    deliver_pending()
    supervision.roll_day(clock.now)
    supervision.compare_all(clock.now, mends=False)
    show(f"  {anomalies.Case.everywhere.count()} cases of what looks wrong in learned time")


def _devices(scene: Scene) -> None:
    """Seven devices that three teachers each used at the same time, one a day; on the first of them also Lin, who only opened the page."""
    for number in range(7):
        days_ago, hour = 3 + number, 9 + number
        on = scene.clock.today - timedelta(days=days_ago)
        for one in scene.some(3):
            scene.opened(one, scene.quiz, scene.at(days_ago, hour), device=f"{number:032x}")
            scene.studied(one, scene.quiz, [scene.at(days_ago, hour, 1)], TOGETHER_S, on)
        if scene.lin and number == 0:
            scene.opened(scene.lin, scene.quiz, scene.at(days_ago, hour, 5), device=f"{number:032x}")


def _clock(scene: Scene) -> None:
    """One who learned every three hours of a day and a night."""
    on = scene.clock.today - timedelta(days=4)
    for restless in scene.some(1):
        scene.opened(restless, scene.films[-1], scene.at(4, 0))
        scene.studied(restless, scene.films[-1], [scene.at(4, hour, 20) for hour in range(0, 24, 3)], PIECE_S, on)


def _address(scene: Scene) -> None:
    """Twelve of different schools who came from one address."""
    for one in scene.some(12):
        scene.opened(one, scene.films[0], scene.at(5, 20), address="a" * 32)


def _machine(scene: Scene) -> None:
    """A script that sends the same beats again, and a quiz answered in four seconds."""
    for one, story in zip(scene.some(2), (_replaying, _quick), strict=False):
        story(scene, one, scene.at(6, 15))


def _replaying(scene: Scene, one: teachers.Teacher, at: int) -> None:
    on, unit = scene.clock.today - timedelta(days=6), scene.films[0]
    beats = [
        learning.Beat(
            session=f"demo-replay-{one.pk}", seq=seq, teacher_id=one.pk, unit_id=unit.pk, received_at=at + seq, local_on=on,
            client_at=at, from_s=0, to_s=30, rate_centi=100, is_visible=True, counted_s=0, reason="replayed",
        )
        for seq in range(1, 121)
    ]  # fmt: skip
    with writing(BEATS):
        learning.Beat.objects.bulk_create(beats)


def _quick(scene: Scene, one: teachers.Teacher, at: int) -> None:
    begun = datetime.fromtimestamp(at, tz=scene.clock.now.tzinfo)
    answers: dict[str, list[str]] = {question["key"]: list(assessment.right_answer(question)) for question in scene.quiz.body["questions"]}
    assessment.take_quiz(
        actor=_teacher(one), unit_id=scene.quiz.pk, answers=answers, source=dated_token(begun), now=begun + timedelta(seconds=4)
    )


def _teacher(one: teachers.Teacher) -> Actor:
    return Actor(one.account_id, Role.TEACHER, one.school_id, cast.actor("county").scope, one.name, one.pk)


def _now(scene: Scene) -> None:
    """Four people sit before the screen at this moment."""
    at = int(scene.clock.now.timestamp())
    for number, one in enumerate(scene.some(4)):
        scene.opened(one, scene.films[-1], at - 600)
        scene.studied(one, scene.films[-1], [at - 200 + number * 30], PIECE_S, scene.clock.today)


def _by_others(scene: Scene) -> list[anomalies.Finding]:
    """What shows in attendance and in a provider's records: two of each."""
    found, on = [], scene.clock.today - timedelta(days=7)
    for number, one in enumerate(scene.some(2)):
        facts: dict[str, int | str] = {"what": "online", "clash_s": 1500 + 600 * number}
        at = scene.at(7, 14)
        found.append(
            anomalies.Finding(
                anomalies.Kind.TWO_PLACES, f"teacher:{one.pk}", one.pk, scene.films[0].pk, on, f"places:{one.pk}:{on}:{scene.films[0].pk}",
                anomalies.Sureness.STRONG, at, at + 2 * HOUR, facts,
            )
        )  # fmt: skip
    provider = cast.actor("provider2").organisation_id or 0
    for number, one in enumerate(scene.some(2)):
        found.append(
            anomalies.Finding(
                anomalies.Kind.PROVIDER_RECORDS, f"provider:{provider}:{on}", one.pk, None, on, f"claim:demo:{number}", anomalies.Sureness.STRONG,
                None, None, {"what": "overlaps_same", "seconds": 5400 + number * 900, "said_s": 9 * HOUR, "provider": provider},
            )
        )  # fmt: skip
    return found


def _decide(scene: Scene) -> None:
    """The county has gone through its devices: one is still to be looked at, of the others each stands somewhere else."""
    cases = list(anomalies.Case.everywhere.filter(kind=anomalies.Kind.SHARED_DEVICE, seconds__gt=0).order_by("-first_on", "pk"))
    steps: Sequence[Callable[[Scene, anomalies.Case], object]] = (_ask, _ask_and_answer, _stand, _aside, _appealed, _lifted, _confirmed)
    for case, step in zip(cases[:7], steps, strict=False):
        step(scene, case)


def _office(scene: Scene, case: anomalies.Case, act: anomalies.Act, reason: str = "", words: str = "") -> list[anomalies.Concern]:
    held = list(anomalies.Concern.everywhere.filter(case=case).select_related("teacher"))
    decision = anomalies.Decision(act, reason, words)
    anomalies.decide(actor=cast.actor("county"), concern_ids=[one.pk for one in held], decision=decision, now=scene.clock.ago(2))
    return held


def _ask(scene: Scene, case: anomalies.Case) -> None:
    _office(scene, case, Act.ASK, words=QUESTION)


def _ask_and_answer(scene: Scene, case: anomalies.Case) -> None:
    held = _office(scene, case, Act.ASK, words=QUESTION)
    for one, words in zip(held, ANSWERS, strict=False):
        anomalies.answer(actor=_teacher(one.teacher), public_id=case.public_id, words=words, now=scene.clock.ago(1))


def _stand(scene: Scene, case: anomalies.Case) -> None:
    _office(scene, case, Act.LET_STAND, Reason.SHARED_ROOM.value, "学校微机室集中学习，有签到表。")


def _aside(scene: Scene, case: anomalies.Case) -> list[anomalies.Concern]:
    return _office(scene, case, Act.SET_ASIDE, Reason.BY_OTHERS.value, "三个账号同一时刻在同一台设备上学习，不能都是本人。")


def _appealed(scene: Scene, case: anomalies.Case) -> None:
    one = _aside(scene, case)[0]
    anomalies.appeal(actor=_teacher(one.teacher), public_id=case.public_id, words=ANSWERS[1], now=scene.clock.ago(1))


def _decided(scene: Scene, case: anomalies.Case, words: str, *, is_accepted: bool) -> None:
    one = _aside(scene, case)[0]
    anomalies.appeal(actor=_teacher(one.teacher), public_id=case.public_id, words=ANSWERS[1], now=scene.clock.ago(1))
    anomalies.decide_appeal(actor=cast.actor("city"), concern_id=one.pk, is_accepted=is_accepted, words=words, now=scene.clock.now)


def _lifted(scene: Scene, case: anomalies.Case) -> None:
    _decided(scene, case, "本人登录与学习记录连续，予以恢复。", is_accepted=True)


def _confirmed(scene: Scene, case: anomalies.Case) -> None:
    _decided(scene, case, "未能提供新的证据，维持原决定。", is_accepted=False)
