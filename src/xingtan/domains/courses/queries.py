"""Courses and units as others read them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from xingtan.foundation.db import Prepared
from xingtan.foundation.refusal import NotInScope
from xingtan.foundation.scope.branch import Scope

from .models import Course, Unit
from .rules import page_seconds
from .states import CourseState, UnitKind


def library(scope: Scope, *, q: str = "", state: str = "") -> QuerySet[Course]:
    """Courses of the providers inside the scope, the latest first; `unit_count` and `length_s` stand on each."""
    found = Course.objects.within(scope).select_related("provider")
    if q:
        found = found.filter(Q(title__icontains=q) | Q(title_en__icontains=q) | Q(code__icontains=q))
    if state:
        found = found.filter(state=state)
    units = Unit.objects.filter(course=OuterRef("pk")).order_by().values("course")
    counted = Coalesce(Subquery(units.annotate(n=Count("pk")).values("n")), 0)
    lengths = Coalesce(Subquery(units.annotate(n=Sum("length_s")).values("n")), 0)
    return found.annotate(unit_count=counted, length_s=lengths).order_by("-pk")


def reviewed_courses(scope: Scope) -> QuerySet[Course]:
    """Courses of the scope that are open to choice."""
    return Course.objects.within(scope).filter(state=CourseState.REVIEWED).select_related("provider").order_by("title", "pk")


def course_in(scope: Scope, public_id: str) -> Course:
    """The course with this address inside the scope; raises `NotInScope`."""
    course = Course.objects.within(scope).filter(public_id=public_id).select_related("provider").first()
    if course is None:
        raise NotInScope("course")
    return course


def courses_by_id(ids: Iterable[int]) -> dict[int, Course]:
    """The courses with these ids."""
    return {course.pk: course for course in Course.everywhere.filter(pk__in=set(ids)).select_related("provider")}


def units_of(course_ids: Iterable[int]) -> dict[int, list[Unit]]:
    """Units of each course in their order; files and captions are read with them."""
    found: dict[int, list[Unit]] = defaultdict(list)
    files = ("file", "captions", "captions_en", "package")
    for unit in Unit.objects.filter(course_id__in=set(course_ids)).select_related(*files).order_by("course_id", "place"):
        found[unit.course_id].append(unit)
    return dict(found)


def units_by_id(ids: Iterable[int]) -> dict[int, Unit]:
    """The units with these ids, their course beside each."""
    return {unit.pk: unit for unit in Unit.objects.filter(pk__in=set(ids)).select_related("course", "package")}


def unit_by_public_id(public_id: str) -> Unit:
    """The unit with this address, its course beside it; raises `NotInScope`. Whether the asker may study it is another's question."""
    related = ("course", "course__provider", "file", "captions", "captions_en", "package")
    unit = Unit.objects.filter(public_id=public_id).select_related(*related).first()
    if unit is None:
        raise NotInScope("unit")
    return unit


_work: Prepared[tuple[int, str, int]] = Prepared(
    lambda courses: (
        Unit.objects.filter(course_id__among=courses, kind__in=[UnitKind.QUIZ, UnitKind.ASSIGNMENT, UnitKind.PACKAGE], is_required=True)
        .order_by("place")
        .values_list("course_id", "kind", "pk")
    ),
    "many",
)


def required_work(course_ids: Iterable[int]) -> dict[int, tuple[tuple[int, ...], tuple[int, ...]]]:
    """Of each course the required units that are judged at once (quizzes, packages) and the required assignments; two empty tuples without any."""
    wanted = set(course_ids)
    found: dict[int, dict[str, list[int]]] = {pk: {UnitKind.QUIZ: [], UnitKind.ASSIGNMENT: []} for pk in wanted}
    for course_id, kind, pk in _work(wanted):
        found[course_id][UnitKind.ASSIGNMENT if kind == UnitKind.ASSIGNMENT else UnitKind.QUIZ].append(pk)
    return {pk: (tuple(work[UnitKind.QUIZ]), tuple(work[UnitKind.ASSIGNMENT])) for pk, work in found.items()}


def seconds_of_pages(unit: Unit) -> list[int]:
    """How many seconds each page of a document unit takes."""
    return page_seconds(unit.length_s, unit.page_count)
