"""A province with an open year and a published project; schools with teachers; trainee Lin, clerk Chen, reviewer He, officer Zhou, stranger Wu."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count
from types import SimpleNamespace

from xingtan.core.policy import bundled
from xingtan.domains.courses.models import Course
from xingtan.domains.enrolment import api as enrolment
from xingtan.domains.policies import api as policies
from xingtan.domains.projects import api as projects
from xingtan.domains.teachers import api as register
from xingtan.domains.teachers.models import Teacher
from xingtan.foundation.people.models import Account, Grant
from xingtan.foundation.people.roles import OPERATOR, Actor, Role
from xingtan.foundation.scope.tree import add_children

NOW = datetime(2026, 9, 10, 4, tzinfo=UTC)
LATER = datetime(2026, 11, 21, 4, tzinfo=UTC)
COURSES = {"A": 50_00, "B": 30_00, "C": 20_00, "D": 100_00, "E": 60_00}
WORKSHOPS = {"own": ("chinese", "primary"), "any": ("", ""), "senior": ("chinese", "senior"), "sports": ("sports", "primary")}


def account(login, name=""):
    return Account.objects.create(login=login, name=name or login, created_at=NOW)


SERIAL = count(1)


def teachers(school, number, **values):
    """New teachers of a school, primary Chinese in post unless the values say otherwise."""
    people = [Account(login=f"t{n}", name=f"教师{n}", created_at=NOW) for n in (next(SERIAL) for _ in range(number))]
    people = Account.objects.bulk_create(people)
    sound = {"stage": "primary", "subject": "chinese", "gender": "female", "hired_on": date(2015, 9, 1), "registered_at": NOW}
    rows = [
        Teacher(
            account=one, name=one.name, name_pinyin=f"jiaoshi{one.pk:06d}", name_initials="js", number_index=one.login,
            last4_index="-", school=school, **{"number_closed": "-", **sound, **values},
        )
        for one in people
    ]  # fmt: skip
    made = Teacher.everywhere.bulk_create(rows)
    register.index_people([one.pk for one in made])
    return made


def actor_of(role, organisation, teacher=None):
    """The actor of a grant that exists, so that a test client may sign in as the same person."""
    who = teacher.account if teacher else account(f"{role}-{organisation.pk}")
    Grant.objects.create(account=who, role=role, organisation=organisation, from_on=date(2020, 1, 1))
    return Actor(
        account_id=who.pk, role=role, organisation_id=organisation.pk, scope=organisation.scope, name=who.name,
        teacher_id=teacher.pk if teacher else None,
    )  # fmt: skip


def tree():
    (province,) = add_children(None, [{"kind": "province", "name": "江西省", "code": "360000"}])
    city, provider = add_children(
        province, [{"kind": "city", "name": "吉安市", "code": "360800"}, {"kind": "provider", "name": "明德教师研修中心"}]
    )
    county, strange = add_children(
        city, [{"kind": "county", "name": "青原区", "code": "360803"}, {"kind": "county", "name": "吉州区", "code": "360802"}]
    )
    school, second = add_children(county, [{"kind": "school", "name": "青禾实验小学"}, {"kind": "school", "name": "青山小学"}])
    (elsewhere,) = add_children(strange, [{"kind": "school", "name": "吉州小学"}])
    return SimpleNamespace(
        province=province, city=city, provider=provider, county=county, strange=strange, school=school, second=second, elsewhere=elsewhere
    )


def pack_text(**changes):
    """The bundled pack, or one that says the order of entry otherwise."""
    text = bundled()["jiangxi-2011"]
    for old, new in changes.get("replace", ()):
        assert old in text
        text = text.replace(old, new)
    return text


def project(mei, year, province, provider):
    made = projects.draft_project(
        actor=mei, training_year_id=year.pk, title="全员远程培训", tier="province", kind="all_staff",
        opens_on=year.first_on, closes_on=year.last_on, now=NOW,
    )  # fmt: skip
    offers = {}
    for code, centi in COURSES.items():
        course, _made = Course.everywhere.get_or_create(
            provider=provider, code=code,
            defaults={"title": f"课程{code}", "component": "course", "area": "professional", "state": "reviewed", "made_at": NOW},
        )  # fmt: skip
        offers[code] = projects.add_offer(
            actor=mei, project_id=made.pk, kind="course", component="course", hours_centi=centi, course_id=course.pk, now=NOW
        )
    for code, (subject, stage) in WORKSHOPS.items():
        offers[code] = projects.add_offer(
            actor=mei, project_id=made.pk, kind="workshop", component="workshop", hours_centi=22_00, title=f"工作坊{code}",
            subject=subject, stage=stage, now=NOW,
        )  # fmt: skip
    return projects.publish(actor=mei, project_id=made.pk, now=NOW), offers


def build(**pack):
    """The whole cast; `replace` changes words of the pack."""
    cast = tree()
    cast.mei = actor_of(Role.PROVINCE_OFFICER, cast.province)
    cast.zhou = actor_of(Role.COUNTY_OFFICER, cast.county)
    cast.wu = actor_of(Role.SCHOOL_CLERK, cast.elsewhere)
    cast.chen = actor_of(Role.SCHOOL_CLERK, cast.school)
    cast.he = actor_of(Role.SCHOOL_REVIEWER, cast.school)
    adopted = policies.adopt_pack(actor=OPERATOR, text=pack_text(**pack), now=NOW)
    cast.year = policies.open_year(actor=cast.mei, organisation_id=cast.province.pk, year=2026, pack_id=adopted.pk, now=NOW)
    cast.project, cast.offers = project(cast.mei, cast.year, cast.province, cast.provider)
    [cast.lin_teacher] = teachers(cast.school, 1)
    cast.lin = actor_of(Role.TEACHER, cast.school, cast.lin_teacher)
    return cast


def choose(cast, actor, *codes, item=4, now=NOW, **more):
    """A choice by the names of its offers."""
    ids = [cast.offers[code].pk for code in codes]
    return enrolment.choose(actor=actor, project_id=cast.project.pk, item=item, offer_ids=ids, now=now, **more)


def assign(cast, some, *codes, actor=OPERATOR, item=None, now=NOW):
    """The same offers for several teachers."""
    ids = tuple(cast.offers[code].pk for code in codes)
    rows = [enrolment.Assignment(one.pk, cast.project.pk, ids, item) for one in some]
    return enrolment.choose_for(actor=actor, rows=rows, now=now)
