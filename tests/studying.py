"""Teacher Lin with a course of real units, registered, so that study is open; used by tests of study and of its players."""

from __future__ import annotations

from tests import enrolling
from xingtan.config.demo.lessons import add_demo_courses
from xingtan.domains.courses.models import Unit
from xingtan.domains.enrolment import api as enrolment
from xingtan.foundation.people.roles import Role


def build(*, registered=True):
    """The cast of `enrolling`; course A has the units of the first lesson, and Lin may study it unless told otherwise."""
    cast = enrolling.build()
    cast.staff = enrolling.actor_of(Role.PROVIDER_STAFF, cast.provider)
    (lesson,) = add_demo_courses(actor=cast.staff, provider_id=cast.provider.pk, codes=["XXYW-01"], now=enrolling.NOW)
    cast.lesson = lesson
    Unit.objects.filter(course=lesson).update(course=cast.offers["A"].course_id)
    cast.units = list(Unit.objects.filter(course=cast.offers["A"].course_id).order_by("place"))
    cast.selection = enrolling.choose(cast, cast.lin, "A", "own")
    if registered:
        register(cast)
    return cast


def register(cast):
    """Confirmed, paid, registered."""
    ids = [cast.selection.pk]
    enrolment.confirm(actor=cast.chen, selection_ids=ids, now=enrolling.NOW)
    enrolment.mark_paid(ids, enrolling.NOW)
    enrolment.register_paid(actor=cast.chen, selection_ids=ids, now=enrolling.NOW)
