"""The door of the room `courses`: the only file that other rooms, pages and endpoints may import."""

from __future__ import annotations

from .access import ADD_COURSE, REVIEW_COURSE, SEE_LIBRARY
from .actions import add_course, review_course
from .contents import read_questions
from .models import Course, Package, PackageFile, Unit
from .packages.facts import Item, ItemKind, PackageFacts, Standard
from .packages.keeping import package_by_public_id, package_file, take_package, take_path
from .queries import (
    course_in,
    courses_by_id,
    library,
    required_work,
    reviewed_courses,
    seconds_of_pages,
    unit_by_public_id,
    units_by_id,
    units_of,
)
from .states import Area, CourseState, QuestionKind, UnitKind
from .words import AREAS, COURSE_STATES, REFUSALS, STANDARDS, UNIT_KINDS

__all__ = [
    "ADD_COURSE",
    "AREAS",
    "COURSE_STATES",
    "REFUSALS",
    "REVIEW_COURSE",
    "SEE_LIBRARY",
    "STANDARDS",
    "UNIT_KINDS",
    "Area",
    "Course",
    "CourseState",
    "Item",
    "ItemKind",
    "Package",
    "PackageFacts",
    "PackageFile",
    "QuestionKind",
    "Standard",
    "Unit",
    "UnitKind",
    "add_course",
    "course_in",
    "courses_by_id",
    "library",
    "package_by_public_id",
    "package_file",
    "read_questions",
    "required_work",
    "review_course",
    "reviewed_courses",
    "seconds_of_pages",
    "take_package",
    "take_path",
    "unit_by_public_id",
    "units_by_id",
    "units_of",
]
