"""A province with a year, Zhou's county and stranger Wu's, a school, a provider with a reviewed course: what the bureau's tests start from."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace

from xingtan.core.policy import bundled
from xingtan.domains.courses.models import Course
from xingtan.domains.credits.models import Evidence
from xingtan.domains.determination.models import Determination, DeterminationRun
from xingtan.domains.enrolment.models import CourseSelection
from xingtan.domains.policies import api as policies
from xingtan.domains.projects import api as projects
from xingtan.domains.teachers import api as register
from xingtan.domains.teachers.models import Teacher
from xingtan.foundation.people.models import Account, Grant
from xingtan.foundation.people.roles import OPERATOR, Actor, Role
from xingtan.foundation.scope.tree import add_children

NOW = datetime(2026, 11, 21, 4, tzinfo=UTC)
TODAY = date(2026, 11, 21)
DAYS = (date(2026, 11, 1), date(2027, 5, 31))


def officer(organisation, role, login=""):
    """An actor of this office; with a login one that can sign in."""
    account = None
    if login:
        account = Account.objects.create(login=login, name=login, created_at=NOW, activated_at=NOW)
        Grant.objects.create(account=account, role=role, organisation=organisation, from_on=date(2026, 1, 1))
    return Actor(account_id=account and account.pk, role=role, organisation_id=organisation.pk, scope=organisation.scope, name=login)


def make_cast():
    """The tree, the people, the year 2026 under jiangxi-2011, and a reviewed course."""
    (province,) = add_children(None, [{"kind": "province", "name": "江西省", "name_en": "Jiangxi", "code": "360000"}])
    city, provider = add_children(province, [{"kind": "city", "name": "吉安市"}, {"kind": "provider", "name": "明德教师研修中心"}])
    county, strange = add_children(city, [{"kind": "county", "name": "青原区"}, {"kind": "county", "name": "吉州区"}])
    (school,) = add_children(county, [{"kind": "school", "name": "青禾实验小学"}])
    people = {
        "mei": officer(province, Role.PROVINCE_OFFICER, "mei"),
        "zhou": officer(county, Role.COUNTY_OFFICER, "zhou"),
        "wu": officer(strange, Role.COUNTY_OFFICER, "wu"),
        "supervisor": officer(province, Role.SUPERVISOR, "supervisor"),
        "clerk": officer(school, Role.SCHOOL_CLERK, "chen"),
    }
    pack = policies.adopt_pack(actor=OPERATOR, text=bundled()["jiangxi-2011"], now=NOW)
    year = policies.open_year(actor=people["mei"], organisation_id=province.pk, year=2026, pack_id=pack.pk, now=NOW)
    course = Course.everywhere.create(
        provider=provider, code="C1", title="小学语文单元教学", component="course", area="professional", state="reviewed", made_at=NOW
    )
    places = {"province": province, "city": city, "county": county, "strange": strange, "school": school, "provider": provider}
    return SimpleNamespace(**people, **places, pack=pack, year=year, course=course)


def make_draft(cast, actor=None, **values):
    """A draft of the actor's office, with the values of a sound one unless others are given."""
    actor = actor or cast.mei
    tier = projects.Tier.PROVINCE if actor is cast.mei else projects.Tier.COUNTY
    sound = {"title": "全员远程培训", "tier": tier, "kind": "all_staff", "opens_on": DAYS[0], "closes_on": DAYS[1]}
    return projects.draft_project(actor=actor, training_year_id=cast.year.pk, now=NOW, **{**sound, **values})


def make_offer(cast, project, actor=None, **values):
    """A sound offer of the course, with other values where they are given."""
    sound = {"kind": "course", "component": "course", "hours_centi": 50_00, "course_id": cast.course.pk}
    return projects.add_offer(actor=actor or cast.mei, project_id=project.pk, now=NOW, **{**sound, **values})


def add_teacher(school, *, activated_at=None, **values):
    """A teacher of the school, in post since 2015 unless said otherwise."""
    number = f"{Teacher.everywhere.count() + 1:04d}"
    account = Account.objects.create(login=f"t{number}", name=f"教师{number}", created_at=NOW, activated_at=activated_at)
    sound = {"name": account.name, "stage": "primary", "subject": "chinese", "gender": "female", "hired_on": date(2015, 9, 1)}
    keys = {"number_index": number, "last4_index": number, "number_closed": number}
    made = Teacher.everywhere.create(account=account, school=school, registered_at=NOW, **{**sound, **keys, **values})
    register.index_people([made.pk])
    return made


def select(cast, teacher, state, **values):
    """The teacher's selection of the year in this state."""
    return CourseSelection.everywhere.create(
        teacher=teacher,
        training_year=cast.year,
        project=cast.project,
        school=teacher.school,
        item=3,
        hours_centi=72_00,
        state=state,
        chosen_at=NOW,
        **values,
    )


def give_evidence(cast, teacher, centi, source="learning:1"):
    """Learned time of the year as `credits` keeps it."""
    return Evidence.everywhere.create(
        source=f"{source}:{teacher.pk}",
        teacher=teacher,
        training_year=cast.year,
        school=teacher.school,
        provider=cast.provider,
        component="course",
        kind="learned",
        title="课",
        learned_s=centi * 36,
        learned_centi=centi,
        happened_on=TODAY,
        changed_at=NOW,
    )


def examine(cast, teacher, verdict, **values):
    """The teacher's verdict of the year."""
    run = DeterminationRun.everywhere.create(training_year=cast.year, organisation=cast.county, ran_at=NOW, pack_digest=cast.pack.digest)
    amounts = {"required_centi": 72_00, "learned_centi": 0, "recognised_centi": 0, "verified_centi": 0}
    facts = {"span": "year", "item": 3, "pack_digest": cast.pack.digest, "determined_at": NOW, **amounts}
    return Determination.everywhere.create(
        run=run, teacher=teacher, training_year=cast.year, school=teacher.school, verdict=verdict, **{**facts, **values}
    )
