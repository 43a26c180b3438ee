"""A project with seats whose quotas were passed down to the schools of two counties, and presses for them."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

from tests import enrolling
from xingtan.domains.admissions.models import AdmissionTerms, Application, Round
from xingtan.domains.projects.models import Project
from xingtan.domains.quotas import api as quotas
from xingtan.domains.quotas.models import Quota
from xingtan.domains.rush.presses import Press, stamped
from xingtan.domains.rush.tokens import Claims
from xingtan.domains.teachers.models import NUMBER_BOX, Teacher


def build(seats=3):
    """The province holds the seats of three schools and one more; a capped round is open."""
    cast = enrolling.build()
    Teacher.everywhere.update(number_closed=NUMBER_BOX.close("360802198109020029"))
    now = datetime.now(UTC)
    day = now.date()
    cast.rush = Project.everywhere.create(
        training_year=cast.year, organiser=cast.province, title="骨干教师面授", tier="province", kind="face_to_face", state="published",
        opens_on=day - timedelta(days=1), closes_on=day + timedelta(days=9), made_at=now, published_at=now, has_seats=True, ways=["own"], approval_steps=0,
    )  # fmt: skip
    AdmissionTerms.everywhere.create(project=cast.rush, changed_at=now)
    cast.round = Round.everywhere.create(
        project=cast.rush, number=1, opens_at=now - timedelta(minutes=1), closes_at=now + timedelta(hours=1), is_capped=True
    )
    schools = [cast.school, cast.second, cast.elsewhere]
    common = {"project": cast.rush, "made_at": now}
    top = Quota.everywhere.create(organisation=cast.province, held=3 * seats + 1, passed_down=3 * seats, **common)
    cast.leaves = {one.pk: Quota.everywhere.create(organisation=one, parent=top, held=seats, **common) for one in schools}
    return cast


def claims(cast, teacher, **changes):
    """What the project's page allows the teacher to press for."""
    now = int(time.time())
    usual = {
        "teacher_id": teacher.pk, "account_id": teacher.account_id, "school_id": teacher.school_id, "project_id": cast.rush.pk,
        "address": cast.rush.public_id, "round_id": cast.round.pk, "category": "", "choice_id": None,
        "quota_ids": (cast.leaves[teacher.school_id].pk,), "issued_at": now - 60, "expires_at": now + 3600,
    }  # fmt: skip
    return Claims(**usual | changes)


def press(cast, teacher, **changes):
    """A press that has just arrived."""
    return stamped(Press(claims(cast, teacher, **changes)))


def check_order(cast):
    """The figures agree, every quota gave what it holds or what was asked, and nobody was admitted before one who arrived earlier."""
    assert [fault for fault in quotas.check_quotas(cast.rush.pk) if "trail" not in fault] == []
    for leaf in cast.leaves.values():
        states = list(Application.everywhere.filter(quota=leaf).order_by("arrived").values_list("state", flat=True))
        assert states == ["admitted"] * min(leaf.held, len(states)) + ["waiting"] * max(len(states) - leaf.held, 0)
        numbers = list(Application.everywhere.filter(quota=leaf).values_list("arrived", flat=True))
        assert len(set(numbers)) == len(numbers)
