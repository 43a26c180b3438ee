"""What a typed text finds in a branch."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db.models import Q

from xingtan.domains.teachers.models import LAST4_BOX, NUMBER_BOX, PHONE_BOX, Teacher, TeacherToken
from xingtan.domains.teachers.queries import teachers_in
from xingtan.domains.teachers.rules import normal_number
from xingtan.domains.teachers.states import Status
from xingtan.foundation.scope.branch import Scope
from xingtan.foundation.scope.gate import ScopedQuerySet
from xingtan.foundation.scope.models import Kind, Organisation

from .tokens import typed_terms

# A list shows fifty; who finds more than this types another letter. With several words each may fit more people than the answer has.
MOST, MOST_OF_A_WORD = 500, 30_000
SCHOOLS = (Kind.SCHOOL, Kind.TEACHING_POINT)
# After every letter that a token may hold, in byte order and in UTF-8.
BEYOND = "\U0010ffff"


def search(scope: Scope, text: str) -> ScopedQuerySet[Teacher]:
    """The branch's teachers by part of name, pinyin, initials, part of the school's name, staff number, last four digits, whole number or phone.

    Words are joined by "and". All when empty, else the first 500 that fit.
    """
    terms = typed_terms(text)
    if not terms:
        return teachers_in(scope)
    ids = _inside(scope, _matching(scope, terms, "".join(text.split())))
    return Teacher.everywhere.get_queryset().filter(pk__among=ids).select_related("school")


def _inside(scope: Scope, ids: Collection[int]) -> list[int]:
    """Those of the ids that are in the branch, by the register itself: a token out of step shows nobody of another branch.

    Compared here and not in the query, where a range over paths would lead the planner through every school of the branch.
    """
    rows = Teacher.everywhere.filter(pk__among=ids).order_by("pk").values_list("pk", "status", "school__path")
    return [pk for pk, status, path in rows if scope.holds(path) and status != Status.MERGED][:MOST]


def _matching(scope: Scope, terms: list[str], whole: str) -> set[int]:
    ids = _by_number(whole)
    if len(terms) == 1:
        ids.update(pk for pk, _ in _named(scope, terms[0], MOST))
        named_so: Mapping[str, int] = _schools(scope, terms[0])
    else:
        named = [dict(_named(scope, term, MOST_OF_A_WORD)) for term in terms]
        schools = [_schools(scope, term) for term in terms]
        ids.update(pk for people in named for pk, path in people.items() if _fits(pk, path, named, schools))
        named_so = {path: pk for path, pk in schools[0].items() if all(path in places for places in schools)}
    if len(ids) < MOST and named_so:
        at_school = Teacher.everywhere.filter(school_id__among=named_so.values()).order_by()
        ids.update(at_school.values_list("pk", flat=True)[: MOST - len(ids)])
    return ids


def _fits(pk: int, path: str, named: list[dict[int, str]], schools: list[Mapping[str, int]]) -> bool:
    return all(pk in people or path in places for people, places in zip(named, schools, strict=True))


def _named(scope: Scope, term: str, most: int) -> list[tuple[int, str]]:
    """Ids and school paths of the branch's people who have an end of a name that begins so: one walk along one index."""
    found = TeacherToken.objects.filter(token__gte=term, token__lt=term + BEYOND, path__gte=scope.first, path__lt=scope.beyond)
    # Twice as many: a person may have two such ends, and DISTINCT would first collect everyone's on PostgreSQL.
    return list(dict(found.order_by().values_list("teacher_id", "path")[: 2 * most]).items())


def _schools(scope: Scope, term: str) -> Mapping[str, int]:
    """Paths and ids of the branch's schools whose name has this in it; two letters at least, for one is in half of them."""
    if len(term) < 2 or term.isascii():
        return {}
    named = Organisation.objects.within(scope).filter(kind__in=SCHOOLS, name__contains=term)
    return dict(named.order_by().values_list("path", "pk"))


def _by_number(typed: str) -> set[int]:
    """Whoever has the number, phone or staff number, wherever: `search` leaves out who is not in the branch."""
    number = normal_number(typed)
    if not any(letter.isdigit() for letter in number):
        return set()
    where = Q(staff_number=typed)
    if len(number) == 4:
        where |= Q(last4_index=LAST4_BOX.index(number))
    elif len(number) > 6:
        where |= Q(number_index=NUMBER_BOX.index(number)) | Q(phone_index=PHONE_BOX.index(number))
    return set(Teacher.everywhere.filter(where).order_by().values_list("pk", flat=True))
