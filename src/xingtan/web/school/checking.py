"""Selections as rows of a table: what was chosen, and what stands against it in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xingtan.domains.enrolment import api as enrolment
from xingtan.domains.projects import api as projects
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.refusal import Refused
from xingtan.web.words import refusal_sentence


@dataclass(frozen=True, slots=True)
class Found:
    """A finding as a chip: its short words, and the whole sentence."""

    chip: str
    word: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Row:
    """A selection as the table shows it; `is_clean` when nothing at all stands against it, `is_blocked` when it may not be confirmed."""

    selection: enrolment.CourseSelection
    stage: object
    subject: object
    courses: Sequence[projects.Offer]
    workshops: Sequence[projects.Offer]
    found: Sequence[Found]
    is_clean: bool
    is_blocked: bool
    state: object
    chip: str

    @property
    def key(self) -> str:
        """The value of its tick box: the public id and the version that the page shows."""
        return f"{self.selection.public_id}.{self.selection.version}"


def rows_of(selections: Sequence[enrolment.CourseSelection], year: enrolment.YearRules) -> list[Row]:
    """The selections as rows, in a fixed number of queries; only what waits for confirmation is checked."""
    chosen = enrolment.chosen_offers(one.pk for one in selections)
    offers = projects.offers_by_id(pk for ids in chosen.values() for pk in ids)
    waiting = [one for one in selections if one.state == enrolment.State.CHOSEN]
    checks = enrolment.checks_of(waiting, year) if waiting else {}
    return [_row(one, [offers[pk] for pk in chosen.get(one.pk, ())], checks.get(one.pk, ())) for one in selections]


def _row(selection: enrolment.CourseSelection, chosen: Sequence[projects.Offer], whys: Sequence[enrolment.Why]) -> Row:
    state = enrolment.State(selection.state)
    return Row(
        selection=selection,
        stage=teachers.STAGES[teachers.Stage(selection.teacher.stage)],
        subject=teachers.SUBJECTS[teachers.Subject(selection.teacher.subject)],
        courses=[one for one in chosen if one.kind == projects.OfferKind.COURSE],
        workshops=[one for one in chosen if one.kind == projects.OfferKind.WORKSHOP],
        found=[_found(why) for why in whys],
        is_clean=not whys,
        is_blocked=any(not why.is_warning for why in whys),
        state=enrolment.STATES[state],
        chip=enrolment.CHIPS[state],
    )


def _found(why: enrolment.Why) -> Found:
    word = enrolment.CHECKS.get(why.code)
    sentence = refusal_sentence(Refused(why.code, **why.params))
    return Found("wait" if why.is_warning else "stop", str(word) % dict(why.params) if word else sentence, sentence)
