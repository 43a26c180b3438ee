"""Who is to be put into classes: the admitted and the registered of a project who sit in none of its classes."""

from __future__ import annotations

from xingtan.domains.admissions import api as admissions
from xingtan.domains.enrolment import api as enrolment
from xingtan.domains.teachers import api as teachers
from xingtan.domains.workshops.models import CohortMember
from xingtan.foundation.scope.branch import STEP
from xingtan.foundation.scope.models import Kind, Organisation

from .rules import Person


def trainee_ids(project_id: int) -> set[int]:
    """Everybody who has a seat in the project or is registered for it by the own choice."""
    admitted = admissions.Application.everywhere.filter(project_id=project_id, state=admissions.State.ADMITTED)
    return {*admitted.values_list("teacher_id", flat=True), *enrolment.registered_teacher_ids(project_id)}


def unseated(project_id: int) -> set[int]:
    """Those of them who sit in no class yet."""
    return trainee_ids(project_id) - set(CohortMember.objects.filter(cohort__project_id=project_id).values_list("teacher_id", flat=True))


def persons(teacher_ids: set[int]) -> list[Person]:
    """The trainees as the rule sees them, in a fixed number of queries; a place without a city or county is its own."""
    found = teachers.teachers_by_id(teacher_ids)
    schools = {one.school_id: one.school for one in found.values()}
    places = _places(list(schools.values()))
    return [
        Person(pk, *places[one.school_id], one.stage, one.subject, schools[one.school_id].path, f"{one.name_pinyin} {pk:010d}")
        for pk, one in found.items()
    ]


def _places(schools: list[Organisation]) -> dict[int, tuple[str, str]]:
    """Per school the paths of its city and of its county or zone."""
    kinds = {Kind.CITY: 0, Kind.COUNTY: 1, Kind.ZONE: 1}
    steps = {school.path[:end] for school in schools for end in range(STEP, len(school.path) + 1, STEP)}
    above = dict(Organisation.everywhere.filter(path__among=list(steps), kind__in=list(kinds)).values_list("path", "kind"))
    answer = {}
    for school in schools:
        found = [school.path, school.path]
        for end in range(STEP, len(school.path) + 1, STEP):
            if (kind := above.get(school.path[:end])) is not None:
                found[kinds[Kind(kind)]] = school.path[:end]
        answer[school.pk] = (found[0], found[1])
    return answer


def place_names(paths: set[str]) -> dict[str, str]:
    """The names of the places with these paths."""
    return {one.path: str(one) for one in Organisation.everywhere.filter(path__among=list(paths))}
