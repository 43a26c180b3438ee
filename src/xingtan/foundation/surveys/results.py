"""What was answered: counted by question, split by stage, subject or region, and never for fewer than five people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from django.db.models import Count, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Substr

from xingtan.foundation.refusal import NotInScope
from xingtan.foundation.scope.branch import STEP, Scope
from xingtan.foundation.scope.gate import ScopedQuerySet
from xingtan.foundation.scope.models import Organisation

from .asking import questions_of
from .models import Answered, Question, Reply, Response, Survey
from .rules import LEAST, shown
from .states import QuestionKind

Given: TypeAlias = dict[tuple[str, int], dict[int | None, int]]
REGION = "region"
TEXTS = 200


@dataclass(slots=True)
class Tally:
    """The answers to one question: how many people answered, how many gave each number, and the sum of the numbers."""

    question: Question
    people: int = 0
    counts: dict[int, int] = field(default_factory=dict)
    total: int = 0

    @property
    def mean_centi(self) -> int | None:
        """The mean in hundredths, floored; None while nobody answered."""
        return 100 * self.total // self.people if self.people and self.question.kind in (QuestionKind.SCALE, QuestionKind.NUMBER) else None


@dataclass(frozen=True, slots=True)
class Part:
    """Some of those who answered: all ("" of no split), one value of a trait, one region's path, or the rest together (None)."""

    key: str | None
    people: int
    tallies: list[Tally]


def surveys_in(scope: Scope) -> ScopedQuerySet[Survey]:
    """The branch's surveys, the latest first, with their offices."""
    return Survey.objects.within(scope).select_related("organisation").order_by("-pk")


def survey_in(scope: Scope, public_id: str) -> Survey:
    """The branch's survey with this address, or an opened one of an office above, whose answers of the branch may be looked at."""
    above = [scope.first[:end] for end in range(STEP, len(scope.first), STEP)]
    inside = surveys_in(scope).filter(public_id=public_id).first()
    from_above = Survey.everywhere.filter(organisation__path__in=above, public_id=public_id, opened_at__isnull=False)
    survey: Survey | None = inside or from_above.select_related("organisation").first()
    if survey is None:
        raise NotInScope
    return survey


def surveys_seen(scope: Scope) -> QuerySet[Survey]:
    """The branch's surveys and the opened ones of the offices above it, the latest first."""
    above = [scope.first[:end] for end in range(STEP, len(scope.first), STEP)]
    from_above = Survey.everywhere.filter(organisation__path__in=above, opened_at__isnull=False)
    found: QuerySet[Survey] = surveys_in(scope) | from_above.select_related("organisation")
    return found.order_by("-pk")


def response_count(survey: Survey, scope: Scope) -> int:
    """How many people of the branch have answered."""
    return Answered.objects.filter(survey=survey, organisation__path__gte=scope.first, organisation__path__lt=scope.beyond).count()


def response_counts(survey_ids: Collection[int], scope: Scope) -> dict[int, int]:
    """How many people of the branch have answered each of these surveys; one that nobody answered is absent."""
    rows = Answered.objects.filter(survey__in=list(survey_ids), organisation__path__gte=scope.first, organisation__path__lt=scope.beyond)
    return dict(rows.values_list("survey").annotate(n=Count("pk")).order_by())


def answered_by_region(survey: Survey, scope: Scope) -> dict[str, int]:
    """How many have answered in each unit directly below the branch's head, by path."""
    rows = Answered.objects.filter(survey=survey, organisation__path__gte=scope.first, organisation__path__lt=scope.beyond)
    return dict(rows.values_list(_region("organisation__path", scope)).annotate(n=Count("pk")).order_by())


def results(survey: Survey, scope: Scope, split: str = "") -> list[Part]:
    """The answers of the branch, whole or split by a trait or by region; parts of fewer than five people stand together or not at all."""
    whole = _inside(Response.objects.filter(survey=survey), "organisation__path", scope)
    counts = _counts(whole, _by(split, scope, "organisation__path", "traits")) if split else {"": whole.count()}
    kept, rest = shown(counts)
    if not kept and rest < LEAST:
        return []
    replies = _inside(Reply.objects.filter(question__survey=survey), "response__organisation__path", scope)
    tallies = _tallies(replies, _by(split, scope, "response__organisation__path", "response__traits") if split else None)
    questions = questions_of(survey)
    parts = [Part(key, kept[key], _of(questions, tallies, {key})) for key in sorted(kept, key=lambda key: (-kept[key], key))]
    return parts + ([Part(None, rest, _of(questions, tallies, set(counts) - set(kept)))] if rest >= LEAST else [])


def texts_of(question: Question, scope: Scope) -> list[str]:
    """What people of the branch wrote, in an order by chance, two hundred at most; nothing while fewer than five wrote."""
    rows = _inside(Reply.objects.filter(question=question), "response__organisation__path", scope).exclude(words="")
    found = list(rows.order_by("pk").values_list("words", flat=True)[:TEXTS])
    return found if len(found) >= LEAST else []


def regions(paths: set[str]) -> dict[str, Organisation]:
    """The units with these paths."""
    return {one.path: one for one in Organisation.everywhere.filter(path__in=paths)}


def _inside(rows: QuerySet[Any], path: str, scope: Scope) -> QuerySet[Any]:
    return rows.filter(**{f"{path}__gte": scope.first, f"{path}__lt": scope.beyond})


def _region(path: str, scope: Scope) -> Combinable:
    return Substr(path, 1, len(scope.first) + STEP)


def _by(split: str, scope: Scope, path: str, traits: str) -> Combinable:
    return _region(path, scope) if split == REGION else KeyTextTransform(split, traits)


def _counts(rows: QuerySet[Response], by: Combinable) -> dict[str, int]:
    return {key or "": n for key, n in rows.annotate(part=by).values_list("part").annotate(n=Count("pk")).order_by()}


def _tallies(replies: QuerySet[Reply], by: Combinable | None) -> Given:
    """For each part and question the numbers given and how often; under the number None how many people answered it at all."""
    rows = replies.annotate(part=by if by is not None else Value(""))
    found: Given = defaultdict(dict)
    numbers = rows.exclude(number=None).values_list("part", "question_id", "number").annotate(n=Count("pk")).order_by()
    for part, question, number, n in numbers:
        found[part or "", question][number] = n
    people = rows.values_list("part", "question_id").annotate(n=Count("response", distinct=True)).order_by()
    for part, question, n in people:
        found[part or "", question][None] = n
    return found


def _of(questions: list[Question], tallies: Given, keys: set[str]) -> list[Tally]:
    made = []
    for question in questions:
        tally = Tally(question)
        for given in (tallies.get((key, question.pk), {}) for key in keys):
            tally.people += given.get(None, 0)
            for number, n in given.items():
                if number is not None:
                    tally.counts[number] = tally.counts.get(number, 0) + n
                    tally.total += n * number
        made.append(tally)
    return made
