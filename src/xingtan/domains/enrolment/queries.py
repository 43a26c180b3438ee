"""Reading selections and cards, for one teacher or for a branch."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from django.db.models import Count, QuerySet

from xingtan.core.calendar import WindowKind
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.db import Prepared
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.foundation.scope.branch import Scope

from . import rules
from .around import YearRules, offer_facts, offers, teacher_facts, year_rules
from .models import ChosenOffer, CourseSelection, LearningCard
from .states import State


def selection_of(teacher_id: int, training_year_id: int) -> CourseSelection | None:
    """The teacher's choice for the year, or None when there is none or it was withdrawn."""
    found = CourseSelection.everywhere.filter(teacher_id__among=teachers.whose([teacher_id]), training_year_id=training_year_id)
    alive = list(found.exclude(state=State.WITHDRAWN).select_related("project"))
    return min(alive, key=lambda one: one.teacher_id != teacher_id, default=None)


def selections_in(scope: Scope, training_year_id: int) -> QuerySet[CourseSelection]:
    """The branch's choices for the year, withdrawn ones included, with teacher, project and school."""
    found = CourseSelection.objects.within(scope).filter(training_year_id=training_year_id)
    return found.select_related("teacher", "project", "school")


def selection_in(scope: Scope, public_id: str) -> CourseSelection:
    """The choice with this public id inside the scope; `NotInScope` where there is none."""
    found = CourseSelection.objects.within(scope).filter(public_id=public_id).select_related("teacher", "project", "school").first()
    if found is None:
        raise NotInScope
    return found


def selection_ids(scope: Scope, public_ids: Iterable[str]) -> dict[str, int]:
    """The ids behind these public ids; `NotInScope` when one is unknown or elsewhere."""
    wanted = set(public_ids)
    found = dict(CourseSelection.objects.within(scope).filter(public_id__in=wanted).values_list("public_id", "pk"))
    if len(found) != len(wanted):
        raise NotInScope
    return found


def selections_by_id(ids: Iterable[int]) -> list[CourseSelection]:
    """The choices with these ids, for handlers of events, in a steady order."""
    return list(CourseSelection.everywhere.filter(pk__in=list(ids)).order_by("pk"))


def registered_teacher_ids(project_id: int) -> list[int]:
    """The teachers who are registered for the project."""
    found = CourseSelection.everywhere.filter(project_id=project_id, state=State.REGISTERED)
    return list(found.order_by("teacher_id").values_list("teacher_id", flat=True))


_standing_choices: Prepared[tuple[int, int, int]] = Prepared(
    lambda teachers, year: (
        CourseSelection.everywhere.filter(teacher_id__among=teachers, training_year_id=year)
        .exclude(state=State.WITHDRAWN)
        .order_by("pk")
        .values_list("teacher_id", "pk", "item")
    ),
    "many",
    "one",
)
_chosen: Prepared[tuple[int, int]] = Prepared(
    lambda selections: ChosenOffer.objects.filter(selection_id__among=selections).order_by("pk").values_list("selection_id", "offer_id"),
    "many",
)


def standing_choices(teacher_ids: Iterable[int], training_year_id: int) -> list[tuple[int, int, int]]:
    """Teacher, id and item of the teachers' choices for the year that were not withdrawn; of merged records the person's own comes last."""
    persons = teachers.whose(teacher_ids)
    rows = sorted(_standing_choices(persons, training_year_id), key=lambda row: row[0] == persons[row[0]])
    return [(persons[teacher_id], pk, item) for teacher_id, pk, item in rows]


def chosen_offers(selection_ids: Iterable[int]) -> dict[int, list[int]]:
    """The ids of the chosen offers per selection, in a steady order."""
    answer: dict[int, list[int]] = {}
    for selection_id, offer_id in _chosen(list(selection_ids)):
        answer.setdefault(selection_id, []).append(offer_id)
    return answer


def counts_by_state(scope: Scope, training_year_id: int) -> dict[State, int]:
    """How many choices of the branch stand in each state; every state is there."""
    rows = CourseSelection.objects.within(scope).filter(training_year_id=training_year_id).values("state").annotate(n=Count("pk"))
    return dict.fromkeys(State, 0) | {State(row["state"]): row["n"] for row in rows}


def chosen_teacher_ids(scope: Scope, training_year_id: int) -> QuerySet[CourseSelection, int]:
    """The ids of the branch's teachers who have a choice for the year."""
    found = CourseSelection.objects.within(scope).filter(training_year_id=training_year_id).exclude(state=State.WITHDRAWN)
    return found.values_list("teacher_id", flat=True)


def card_of(teacher_id: int, training_year_id: int) -> LearningCard | None:
    """The teacher's learning card for the year that stands."""
    found: LearningCard | None = LearningCard.everywhere.filter(
        teacher_id__among=teachers.whose([teacher_id]), training_year_id=training_year_id, voided_at=None
    ).first()
    return found


def holder_of_card(number: str) -> teachers.Teacher | None:
    """The teacher whose card this is, whatever the branch: for the entrance, where nobody is signed in yet."""
    card = LearningCard.everywhere.filter(number=number, voided_at=None).select_related("teacher__school").first()
    return card.teacher if card else None


def cards_of(teacher_id: int) -> QuerySet[LearningCard]:
    """All learning cards of a teacher that stand, the newest year first."""
    found: QuerySet[LearningCard] = LearningCard.everywhere.filter(teacher_id__among=teachers.whose([teacher_id]), voided_at=None)
    return found.select_related("training_year").order_by("-training_year__year")


def cards_in(scope: Scope, training_year_id: int) -> QuerySet[LearningCard]:
    """The branch's learning cards of the year that stand."""
    return LearningCard.objects.within(scope).filter(training_year_id=training_year_id, voided_at=None).select_related("teacher", "school")


def drawn_by(numbers: Collection[str]) -> dict[str, int]:
    """Per number of a card that stands the hours (hundredths) drawn so far."""
    return dict(LearningCard.everywhere.filter(number__among=list(numbers), voided_at=None).values_list("number", "drawn_centi"))


def card_counts(scope: Scope, training_year_id: int) -> dict[int, tuple[int, int]]:
    """Per school: how many cards were issued and how many of them are active."""
    rows = LearningCard.objects.within(scope).filter(training_year_id=training_year_id, voided_at=None).values("school_id")
    return {row["school_id"]: (row["n"], row["m"]) for row in rows.annotate(n=Count("pk"), m=Count("activated_at"))}


def state_counts_by_school(scope: Scope, training_year_id: int) -> dict[int, dict[State, int]]:
    """Per school: how many choices stand in each state."""
    rows = CourseSelection.objects.within(scope).filter(training_year_id=training_year_id)
    answer: dict[int, dict[State, int]] = {}
    for row in rows.values("school_id", "state").annotate(n=Count("pk")):
        answer.setdefault(row["school_id"], {})[State(row["state"])] = row["n"]
    return answer


def studied_offers(selections: Sequence[CourseSelection], chosen: Mapping[int, Sequence[int]]) -> dict[int, frozenset[int]]:
    """Per selection the chosen offers whose course, in any version, the teacher was registered for in another year."""
    earlier = ChosenOffer.objects.filter(
        selection__teacher_id__in={one.teacher_id for one in selections}, selection__state=State.REGISTERED, offer__course__isnull=False
    ).exclude(selection_id__in=[one.pk for one in selections])
    fields = ("selection__teacher_id", "offer__course__provider_id", "offer__course__code")
    known = set(earlier.values_list(*fields))
    if not known:
        return {}
    ids = {pk for offer_ids in chosen.values() for pk in offer_ids}
    courses = {
        pk: (provider, code)
        for pk, provider, code in ChosenOffer.objects.filter(offer_id__in=ids, offer__course__isnull=False)
        .values_list("offer_id", "offer__course__provider_id", "offer__course__code")
        .distinct()
    }
    return {
        one.pk: frozenset(pk for pk in chosen.get(one.pk, ()) if pk in courses and (one.teacher_id, *courses[pk]) in known)
        for one in selections
    }


def studied_courses(teacher_id: int, *, besides_year: int) -> set[tuple[int, str]]:
    """Provider and code of every course that the teacher was registered for in another year than this training year's id."""
    found = ChosenOffer.objects.filter(
        selection__teacher_id__among=teachers.whose([teacher_id]), selection__state=State.REGISTERED, offer__course__isnull=False
    )
    return set(found.exclude(selection__training_year_id=besides_year).values_list("offer__course__provider_id", "offer__course__code"))


def checks_of(selections: Sequence[CourseSelection], year: YearRules) -> dict[int, tuple[rules.Why, ...]]:
    """Per selection what stands against confirming it, in a fixed number of queries; the selections bring their teachers."""
    chosen = chosen_offers(one.pk for one in selections)
    known = offers(pk for ids in chosen.values() for pk in ids)
    studied = studied_offers(selections, chosen)
    answer: dict[int, tuple[rules.Why, ...]] = {}
    for one in selections:
        first_year = year.first_year(one.teacher.hired_on)
        wrong_item = rules.refuse_item(year.policy, one.item, first_year=first_year)
        facts = [offer_facts(known[pk]) for pk in chosen.get(one.pk, ())]
        required = {} if wrong_item else year.required(one.item, first_year=first_year)
        found = rules.findings(required, facts, teacher_facts(one.teacher, first_year=first_year), studied=studied.get(one.pk, frozenset()))
        answer[one.pk] = (wrong_item, *found) if wrong_item else found
    return answer


def study_refusals(teacher_id: int, offer_ids: Iterable[int], day: date) -> dict[int, Refused | None]:
    """For each offer why the teacher may not study it on this day, or None; in a fixed number of queries."""
    wanted = set(offer_ids)
    rows = ChosenOffer.objects.filter(selection__teacher_id__among=teachers.whose([teacher_id]), offer_id__in=wanted).exclude(
        selection__state=State.WITHDRAWN
    )
    by_offer = {row.offer_id: row.selection for row in rows.select_related("selection__training_year__pack")}
    nothing = Refused("study_needs_selection")
    by_selection = {one.pk: _study_refusal(one, day) for one in {one.pk: one for one in by_offer.values()}.values()}
    return {pk: by_selection[by_offer[pk].pk] if pk in by_offer else nothing for pk in wanted}


def _study_refusal(selection: CourseSelection, day: date) -> Refused | None:
    year = year_rules(selection.training_year)
    card = card_of(selection.teacher_id, selection.training_year_id)
    if card and (spent := rules.refuse_spent(year.policy.entry, card.drawn_centi, card.hours_centi, card.expires_on, day)):
        return Refused(spent.code, **spent.params)
    why = rules.refuse_study(
        year.policy.entry,
        State(selection.state),
        has_active_card=bool(card and card.activated_at),
        study=year.windows[WindowKind.STUDY],
        day=day,
    )
    return Refused(why.code, **why.params) if why else None


def may_study(teacher_id: int, offer_id: int, day: date) -> Refused | None:
    """Why the teacher may not study this offer on this day, or None when the policy's order of steps has opened it (D5)."""
    return study_refusals(teacher_id, [offer_id], day)[offer_id]
