"""The province of `bench.rush`: schools with a quota each, their teachers, and what the project's page allows each to press for.

Imported once Django is set up.
"""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from django.db import connections, transaction

from xingtan.core.policy import bundled
from xingtan.domains.admissions.models import AdmissionTerms, Application, Round
from xingtan.domains.policies import api as policies
from xingtan.domains.projects.models import Project
from xingtan.domains.quotas import api as quotas
from xingtan.domains.quotas.models import Quota
from xingtan.domains.rush.tokens import Claims, write_token
from xingtan.domains.teachers.models import Teacher
from xingtan.foundation.people.models import Account
from xingtan.foundation.people.roles import OPERATOR
from xingtan.foundation.scope.models import Organisation
from xingtan.foundation.scope.tree import add_children

DRAW = random.Random(7)  # noqa: S311 -- the same rush every time


def build(presses: int, seats: int, count: int) -> SimpleNamespace:
    """A project whose seats lie with so many schools, and a token for each teacher who presses."""
    now = datetime.now(UTC)
    (province,) = add_children(None, [{"kind": "province", "name": "江西省", "code": "360000"}])
    (county,) = add_children(province, [{"kind": "county", "name": "青原区", "code": "360803"}])
    schools = add_children(county, [{"kind": "school", "name": f"学校{n}"} for n in range(count)])
    pack = policies.adopt_pack(actor=OPERATOR, text=bundled()["jiangxi-2011"], now=now)
    year = policies.open_year(actor=OPERATOR, organisation_id=province.pk, year=now.year, pack_id=pack.pk, now=now)
    made = {"training_year": year, "organiser": province, "tier": "province", "kind": "face_to_face", "made_at": now, "has_seats": True}
    days = {"opens_on": now.date() - timedelta(days=1), "closes_on": now.date() + timedelta(days=1)}
    project = Project.everywhere.create(title="面授", state="published", published_at=now, approval_steps=0, **made, **days)
    AdmissionTerms.everywhere.create(project=project, changed_at=now)
    opens = now - timedelta(minutes=5)
    begun = Round.everywhere.create(project=project, number=1, opens_at=opens, closes_at=now + timedelta(hours=6), is_capped=True)
    teachers = _teachers(schools, presses, now)
    shares = {school.pk: seats // count + (place < seats % count) for place, school in enumerate(schools)}
    top = quotas.grant(actor=OPERATOR, project_id=project.pk, seats=seats, now=now)
    quotas.share_out(actor=OPERATOR, quota_id=top.pk, targets={county.pk: seats}, now=now)
    [middle] = quotas.below([top.pk])
    quotas.share_out(actor=OPERATOR, quota_id=middle.pk, targets=shares, now=now)
    leaves = {leaf.organisation_id: leaf for leaf in quotas.below([middle.pk])}
    claims = [_claims(one, project, begun, leaves[one.school_id]) for one in teachers]
    return SimpleNamespace(project=project, leaves=leaves, claims=claims, tokens=[write_token(one) for one in claims])


def _teachers(schools: Sequence[Organisation], presses: int, now: datetime) -> list[Teacher]:
    accounts = Account.objects.bulk_create([Account(login=f"p{n}", name=f"教师{n}", created_at=now) for n in range(presses)], 5_000)
    rows = [
        Teacher(
            account=one, name=one.name, name_pinyin="jiaoshi", name_initials="js", number_index=one.login, last4_index="-", number_closed="-",
            school=DRAW.choice(schools), stage="primary", subject="chinese", gender="female", hired_on=now.date(), registered_at=now,
        )
        for one in accounts
    ]  # fmt: skip
    return Teacher.everywhere.bulk_create(rows, 2_000)


def _claims(one: Teacher, project: Project, begun: Round, leaf: Quota) -> Claims:
    issued = int(time.time())
    return Claims(
        one.pk, one.account_id, one.school_id, project.pk, project.public_id, begun.pk, "", None, (leaf.pk,), issued, issued + 6 * 3600
    )


def raw(cast: SimpleNamespace, presses: int) -> float:
    """Presses a second by the same rows in plain SQL: application, step, seat, counter, one transaction each, one after the other."""
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "CREATE TABLE raw_press (id bigint PRIMARY KEY, project bigint, teacher bigint, state text, arrived bigint, at text)"
        )
        cursor.execute("CREATE TABLE raw_count (id bigint PRIMARY KEY, given bigint, arrivals bigint)")
        cursor.executemany("INSERT INTO raw_count VALUES (%s, 0, 0)", [(leaf.pk,) for leaf in cast.leaves.values()])
        began = time.monotonic()
        for number, claims in enumerate(cast.claims[:presses]):
            with transaction.atomic():
                row = (claims.project_id, claims.teacher_id, "admitted", number, "2026-11-22")
                cursor.executemany(
                    "INSERT INTO raw_press VALUES (%s, %s, %s, %s, %s, %s)", [(number * 3 + part, *row) for part in range(3)]
                )
                cursor.execute("UPDATE raw_count SET given = given + 1, arrivals = %s WHERE id = %s", (number, claims.quota_ids[0]))
        took = time.monotonic() - began
        cursor.execute("DROP TABLE raw_press")
        cursor.execute("DROP TABLE raw_count")
    return presses / took


def let_go() -> None:
    """Nothing of this process holds the database while the servers have it."""
    for connection in connections.all():
        connection.close()
        if connection.vendor == "postgresql":
            connection.close_pool()  # type: ignore[attr-defined]  # -- of Django's PostgreSQL wrapper only


def wrong(cast: SimpleNamespace) -> list[str]:
    """What is not as it must be: figures that disagree, a seat too many or too few, somebody before whom a later one was admitted."""
    found = quotas.check_quotas(cast.project.pk)
    by_leaf: dict[int, list[tuple[int, str]]] = {leaf.pk: [] for leaf in cast.leaves.values()}
    for quota_id, arrived, state in Application.everywhere.filter(project=cast.project).values_list("quota_id", "arrived", "state"):
        by_leaf[quota_id].append((arrived or 0, state))
    for leaf in cast.leaves.values():
        line = [state for _arrived, state in sorted(by_leaf[leaf.pk])]
        due = ["admitted"] * min(leaf.held, len(line)) + ["waiting"] * max(len(line) - leaf.held, 0)
        found += [f"quota {leaf.pk}: not in the order of arrival"] if line != due else []
    return found
