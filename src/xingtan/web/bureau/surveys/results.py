"""A survey's page for who asks: how many answered, and what, whole or split, with a table beside each chart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from xingtan.domains.plans import api as plans
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.people.roles import Role
from xingtan.foundation.surveys import api as surveys
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.export import workbook_response
from xingtan.web.parts.formats import hours2
from xingtan.web.words import role_word

SPLITS = ("stage", "subject", surveys.REGION)


@require_safe
@allowed(surveys.SEE_SURVEYS)
def survey(request: Request, pid: str) -> HttpResponseBase:
    """The survey with this address: its questions, its rate, its results, or the results as a workbook."""
    held = surveys.survey_in(request.actor.scope, pid)
    asked_split = request.GET.get("split", "")
    split = asked_split if asked_split in SPLITS else ""
    parts = surveys.results(held, request.actor.scope, split) if split else []
    whole = surveys.results(held, request.actor.scope)
    if request.GET.get("export") == "xlsx":
        return workbook_response(held.title, _headings(), _lines(held, request, parts or whole))
    return render(request, "surveys/survey.html", _facts(request, held, whole, parts) | {"split": split})


def _facts(request: Request, held: surveys.Survey, whole: list[surveys.Part], parts: list[surveys.Part]) -> dict[str, Any]:
    scope = request.actor.scope
    people = plans.asked_of(held, request.today)
    names = names_of(parts)
    is_own = held.organisation_id == request.actor.organisation_id and request.actor.may(surveys.ASK)
    asked = len(people) if scope.holds(held.organisation.path) else None
    return {
        "survey": held,
        "state": surveys.STATE_LABELS[held.state],
        "chip": surveys.STATE_CHIPS[held.state],
        "purpose": surveys.PURPOSE_LABELS[held.purpose],
        "whom": [role_word(Role(role)) for role in held.roles]
        + [_value(name, one) for name, values in held.traits.items() for one in values],
        "asked": asked,
        "answered": surveys.response_count(held, scope),
        "splits": [("stage", _("By stage")), ("subject", _("By subject")), (surveys.REGION, _("By region"))],
        "cards": [_card(scope, tally, parts, names) for tally in (whole[0].tallies if whole else [])],
        "questions": [(one, surveys.KIND_LABELS[one.kind]) for one in surveys.questions_of(held)],
        "least": surveys.LEAST,
        "is_own": is_own,
        "is_over": request.today > held.closes_on,
    }


def _card(scope: Any, tally: surveys.Tally, parts: list[surveys.Part], names: dict[str | None, str]) -> dict[str, Any]:  # noqa: ANN401 -- a branch
    """One question: bars of the whole, rows of the parts, or what was written."""
    question = tally.question
    words = choices_of(tally)
    most = max([tally.counts.get(number, 0) for number, _word in words] or [0]) or 1
    bars = [(word, tally.counts.get(number, 0), [(100 * tally.counts.get(number, 0) / most, "#205d78")]) for number, word in words]
    found = [(names[part.key], part.people, next(one for one in part.tallies if one.question.pk == question.pk)) for part in parts]
    rows = [(name, people, [one.counts.get(number, 0) for number, _word in words], mean_of(one)) for name, people, one in found]
    texts = Counter(surveys.texts_of(question, scope)).most_common() if question.kind == surveys.QuestionKind.TEXT else []
    return {"question": question, "kind": surveys.KIND_LABELS[question.kind], "people": tally.people, "mean": mean_of(tally), "bars": bars,
            "words": [word for _number, word in words], "rows": rows, "texts": texts}  # fmt: skip


def choices_of(tally: surveys.Tally) -> list[tuple[int, str]]:
    """The numbers that a question's answers may be, in words; numbers typed freely are those that were given, twelve at most."""
    question = tally.question
    if question.kind in surveys.CHOOSING:
        return list(enumerate(question.options))
    if question.kind == surveys.QuestionKind.SCALE:
        return [(number, str(number)) for number in range(surveys.SCALE[0], surveys.SCALE[1] + 1)]
    return [(number, f"{number:,}") for number in sorted(tally.counts)] if 0 < len(tally.counts) <= 12 else []


def mean_of(tally: surveys.Tally) -> str:
    """The mean with two decimals, "" where there is none."""
    return hours2(tally.mean_centi) if tally.mean_centi is not None else ""


def names_of(parts: list[surveys.Part]) -> dict[str | None, str]:
    """What the parts are called."""
    places = surveys.regions({part.key for part in parts if part.key})
    told: dict[str | None, str] = {part.key: str(places.get(part.key or "", "")) or _value("", part.key or "") for part in parts}
    return told | {None: _("The others together"), "": _("All")} if len(parts) > 1 else told | {None: _("All"), "": _("All")}


def _value(_name: str, value: str) -> str:
    word = teachers.STAGES.get(value) or teachers.SUBJECTS.get(value)
    return str(word) if word else value or pgettext("survey", "Not teachers")


def _headings() -> list[str]:
    return [str(word) for word in (_("Question"), _("Part"), _("People"), _("Answer"), _("How many"), _("Mean"))]


def _lines(held: surveys.Survey, request: Request, parts: list[surveys.Part]) -> Iterator[list[object]]:
    names = names_of(parts)
    for part in parts:
        for tally in part.tallies:
            named = [tally.question.text, names[part.key], tally.people]
            if tally.question.kind == surveys.QuestionKind.TEXT:
                continue
            for number, word in choices_of(tally) or [(-1, "")]:
                yield [*named, word, tally.counts.get(number, 0), mean_of(tally)]
    for question in surveys.questions_of(held):
        if question.kind == surveys.QuestionKind.TEXT:
            yield from ([question.text, "", "", text, 1, ""] for text in surveys.texts_of(question, request.actor.scope))
