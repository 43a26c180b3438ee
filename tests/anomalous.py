"""Teachers who shared a device, walked through the doors: used by the tests of anomalies and of their pages."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from tests import crediting, enrolling, studying
from xingtan.core.calendar import midnight_of
from xingtan.domains.anomalies import api as anomalies
from xingtan.domains.anomalies.models import Case, Concern
from xingtan.domains.learning.models import Opening, UnitDay, UnitProgress
from xingtan.foundation.people.roles import Role

ON = date(2026, 11, 19)
NOW = datetime(2026, 11, 21, 4, tzinfo=UTC)
HOUR = 3600
RULES = [200, 5, 5, 0, 40, 0, 1, 0, 0, 0]


def build():
    """The cast of study with colleagues: Lin and two more of her school, two of the second school, one of another county."""
    cast = studying.build()
    cast.unit = cast.units[0]
    cast.unit.length_s = 10 * HOUR
    cast.unit.save(update_fields=["length_s"])
    cast.colleagues = [cast.lin_teacher, *enrolling.teachers(cast.school, 2)]
    cast.others = enrolling.teachers(cast.second, 2)
    [cast.far] = enrolling.teachers(cast.elsewhere, 1)
    crediting.register(cast, [*cast.colleagues[1:], *cast.others, cast.far])
    cast.city_officer = enrolling.actor_of(Role.CITY_OFFICER, cast.city)
    cast.stranger = enrolling.actor_of(Role.COUNTY_OFFICER, cast.strange)
    cast.supervisor = enrolling.actor_of(Role.SUPERVISOR, cast.province)
    return cast


def at(on, hour, minute=0):
    """Epoch seconds of a local time."""
    return midnight_of(on.toordinal()) + hour * HOUR + minute * 60


def study(cast, teacher, on, hour, seconds=HOUR, *, device="", address="", unit=None):
    """The teacher opened the unit at that hour and so much was counted of it, as the recorder keeps it."""
    unit, start = unit or cast.unit, at(on, hour)
    Opening.everywhere.create(
        session=f"{teacher.pk}-{unit.pk}-{start}-{device[:3]}", teacher=teacher, school_id=teacher.school_id, unit=unit, opened_at=start,
        length_s=unit.length_s, rules=RULES, device=device, address_key=address,
    )  # fmt: skip
    day, _made = UnitDay.objects.get_or_create(teacher_id=teacher.pk, unit_id=unit.pk, local_on=on, defaults={"learned_s": 0, "walls": []})
    day.walls = sorted([*day.walls, [start, start + seconds]])
    day.learned_s += seconds
    day.save()
    progress, _made = UnitProgress.objects.get_or_create(
        teacher_id=teacher.pk, unit_id=unit.pk, defaults={"length_s": unit.length_s, "changed_at": start}
    )
    progress.learned_s = min(progress.learned_s + seconds, unit.length_s)
    progress.save()


def shared(cast, people=None, on=ON, device="d" * 32, hour=10):
    """These teachers (Lin and her two colleagues) each studied an hour on one device at the same hour, and the look has found it."""
    for teacher in people or cast.colleagues:
        study(cast, teacher, on, hour, device=device)
    anomalies.look(datetime.combine(on, datetime.min.time(), UTC) + timedelta(days=1, hours=6))
    return Case.everywhere.order_by("pk").last()


def concern(case, teacher):
    return Concern.everywhere.select_related("case").get(case=case, teacher=teacher)


def act(cast, actor, case, act, people=None, **more):
    """The office acts on the case's concerns, or those of some teachers."""
    held = Concern.everywhere.filter(case=case)
    ids = [one.pk for one in held if people is None or one.teacher_id in {who.pk for who in people}]
    sound = {"ask": {"words": "当天为何多人共用一台设备？"}, "set_aside": {"reason": "by_others", "words": "同一设备同时登录三人。"}}
    values = {"reason": "shared_room"} if act == "let_stand" else sound[act]
    now = more.pop("now", NOW)
    decision = anomalies.Decision(anomalies.Act(act), **{**values, **more})
    return anomalies.decide(actor=actor, concern_ids=ids, decision=decision, now=now)
