"""What the choose page shows: projects, items, courses and workshops, each with why it may or may not be chosen."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language

from xingtan.core.calendar import WindowKind
from xingtan.core.policy import Item, Words
from xingtan.domains.enrolment import api as enrolment
from xingtan.domains.projects import api as projects
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.web.words import refusal_sentence

COMPONENTS = {"course": projects.OfferKind.COURSE, "workshop": projects.OfferKind.WORKSHOP}


@dataclass(frozen=True, slots=True)
class OfferRow:
    """An offer on the page: whether it is ticked, its subject in words, and why it cannot be chosen, if so."""

    offer: projects.Offer
    is_chosen: bool
    subject: object
    stage: object
    is_own: bool
    is_studied: bool
    why: str


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item of the policy that the teacher may take."""

    item: Item
    label: str
    category: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """All that the page shows; `why` is the reason why nothing can be changed now, or empty."""

    teacher: teachers.Teacher
    project: projects.Project
    projects: Sequence[projects.Project]
    selection: enrolment.CourseSelection | None
    items: Sequence[ItemRow]
    courses: Sequence[OfferRow]
    workshops: Sequence[OfferRow]
    required: Mapping[str, int]
    closes_on: date
    why: str

    @property
    def chosen_centi(self) -> int:
        """Hundredths of an hour of the ticked courses."""
        return sum(row.offer.hours_centi for row in self.courses if row.is_chosen)


def said(words: Words) -> str:
    """A pack's name in the language of the page."""
    return words.en if (get_language() or "").startswith("en") else words.zh


def teacher_of(teacher_id: int | None) -> teachers.Teacher:
    """The teacher who acts; `NotInScope` for someone who is none."""
    found = teachers.teachers_by_id([teacher_id or 0]).get(teacher_id or 0)
    if found is None:
        raise NotInScope
    return found


def choice_of(teacher: teachers.Teacher, pid: str, day: date, wanted: Mapping[str, object] | None = None) -> Choice | None:
    """What the teacher may choose in the project that the address names, or the first; None when no project is open."""
    found = list(projects.open_projects(teacher.school.path, day))
    project = next((one for one in found if one.public_id == pid), None)
    if project is None and (pid or not found):
        if pid:
            raise NotInScope
        return None
    selection = _selection(teacher, found)
    project = project or next((one for one in found if selection and one.pk == selection.project_id), found[0])
    return _choice(teacher, project, found, _selection(teacher, [project]), wanted, day)


def _selection(teacher: teachers.Teacher, found: Sequence[projects.Project]) -> enrolment.CourseSelection | None:
    return next((one for one in (enrolment.selection_of(teacher.pk, project.training_year_id) for project in found[:1]) if one), None)


def _choice(
    teacher: teachers.Teacher,
    project: projects.Project,
    found: Sequence[projects.Project],
    selection: enrolment.CourseSelection | None,
    wanted: Mapping[str, object] | None,
    day: date,
) -> Choice:
    year = enrolment.year_rules(project.training_year)
    first_year = year.first_year(teacher.hired_on)
    item, ticked = _wanted(selection, project, wanted, default=year.default_item(first_year=first_year))
    studied = enrolment.studied_courses(teacher.pk, besides_year=project.training_year_id)
    facts = enrolment.teacher_facts(teacher, first_year=first_year)
    rows = [_offer_row(one, facts, ticked, studied) for one in projects.offers_of([project.pk])[project.pk]]
    courses = [row for row in rows if row.offer.kind == projects.OfferKind.COURSE]
    workshops = [row for row in rows if row.offer.kind == projects.OfferKind.WORKSHOP]
    return Choice(
        teacher=teacher,
        project=project,
        projects=found,
        selection=selection,
        items=_items(year, item, first_year=first_year),
        courses=sorted(courses, key=lambda row: (row.is_studied, not row.is_own)),
        workshops=sorted(workshops, key=lambda row: (bool(row.why), not row.is_own)),
        required=year.required(year.default_item(first_year=first_year), first_year=first_year),
        closes_on=year.windows[WindowKind.SELECTION].closes_on,
        why=_why_not(year, selection, day),
    )


def _wanted(
    selection: enrolment.CourseSelection | None, project: projects.Project, wanted: Mapping[str, object] | None, *, default: int
) -> tuple[int, Collection[str | int]]:
    """The item and the offers that are ticked: those just sent, else those that stand, else none."""
    if wanted is not None:
        item = str(wanted.get("item") or "")
        return int(item) if item.isdigit() and len(item) < 4 else default, [str(one) for one in _listed(wanted.get("offers"))]
    if selection is None or selection.project_id != project.pk:
        return default, []
    return selection.item, enrolment.chosen_offers([selection.pk]).get(selection.pk, [])


def _listed(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else []


def _offer_row(
    offer: projects.Offer, facts: enrolment.TeacherFacts, ticked: Collection[str | int], studied: Collection[tuple[int, str]]
) -> OfferRow:
    why = enrolment.refuse_workshop(enrolment.offer_facts(offer), facts) if offer.kind == projects.OfferKind.WORKSHOP else None
    return OfferRow(
        offer=offer,
        is_chosen=offer.pk in ticked or offer.public_id in ticked,
        subject=teachers.SUBJECTS.get(teachers.Subject(offer.subject), "") if offer.subject else "",
        stage=teachers.STAGES.get(teachers.Stage(offer.stage), "") if offer.stage else "",
        is_own=offer.subject in ("", facts.subject) and offer.stage in ("", facts.stage),
        is_studied=offer.course is not None and (offer.course.provider_id, offer.course.code) in studied,
        why=refusal_sentence(Refused(why.code, **why.params)) if why else "",
    )


def _items(year: enrolment.YearRules, chosen: int, *, first_year: bool) -> list[ItemRow]:
    """The items that this teacher may take, in the policy's order."""
    policy = year.policy
    return [
        ItemRow(item, said(item.label), said(policy.category(item.category).label), item.number == chosen)
        for item in policy.items
        if enrolment.refuse_item(policy, item.number, first_year=first_year) is None
    ]


def _why_not(year: enrolment.YearRules, selection: enrolment.CourseSelection | None, day: date) -> str:
    why = enrolment.refuse_day(year.windows[WindowKind.SELECTION], day)
    if why is None and selection is not None:
        why = enrolment.refuse_change(enrolment.State(selection.state))
    return refusal_sentence(Refused(why.code, **why.params)) if why else ""
