"""Labels and refusal sentences of courses."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .packages.facts import Standard
from .packages.words import PACKAGE_REFUSALS
from .states import Area, CourseState, UnitKind

REFUSALS: dict[str, str | Promise] = {
    "course_code_taken": _("A course with the code %(taken)s and this version exists already. Give the next version number."),
    "course_needs_units": _("A course needs at least one unit."),
    "course_not_waiting": _("This course does not wait for a review; it was reviewed or withdrawn already."),
    "unit_needs_video": _("Unit %(place)s: a video unit needs an MP4 file whose length can be read."),
    "unit_needs_document": _("Unit %(place)s: a document unit needs a PDF with pages, and at least one second a page."),
    "unit_needs_brief": _("Unit %(place)s: an assignment needs a brief that says what to hand in."),
    "quiz_needs_questions": _("Unit %(place)s: a quiz needs questions, each with a key of its own."),
    "quiz_question_unclear": _("Unit %(place)s: a question lacks its text, its options or a right answer among them."),
    "video_unreadable": _("%(name)s is not an MP4 file with H.264 video."),
    "captions_unreadable": _("%(name)s is not a WebVTT file in UTF-8 with at least one line of captions."),
    "document_unreadable": _("%(name)s is not a PDF whose pages can be counted."),
    "quiz_unreadable": _("%(name)s is not a JSON file with a list of questions."),
    "unit_needs_package": _("Unit %(place)s: a package unit needs a SCORM, cmi5 or H5P package."),
    "unit_needs_length": _("Unit %(place)s: the package does not say how long it takes. Give its minutes."),
    **PACKAGE_REFUSALS,
}
STANDARDS: dict[str, str] = {
    Standard.SCORM12: "SCORM 1.2",
    Standard.SCORM2004: "SCORM 2004",
    Standard.CMI5: "cmi5",
    Standard.H5P: "H5P",
}
UNIT_KINDS: dict[str, str | Promise] = {
    UnitKind.VIDEO: _("Video"),
    UnitKind.DOCUMENT: _("Document"),
    UnitKind.QUIZ: _("Quiz"),
    UnitKind.ASSIGNMENT: _("Assignment"),
    UnitKind.PACKAGE: _("Package"),
}
COURSE_STATES: dict[str, str | Promise] = {
    CourseState.DRAFT: _("waits for review"),
    CourseState.REVIEWED: _("open to choice"),
    CourseState.WITHDRAWN: _("withdrawn"),
}
AREAS: dict[str, str | Promise] = {
    Area.ETHICS: _("Ethics"),
    Area.PROFESSIONAL: _("Professional knowledge"),
    Area.THEORY: _("Educational theory"),
    Area.RESEARCH: _("Educational research"),
    Area.TEACHING: _("Teaching skill and technology"),
    Area.GENERAL: _("Science and humanities"),
}
