"""Reading the live view: from sums, in a fixed number of queries, however many trainees there are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.db.models import F, Q, QuerySet

from xingtan.domains.policies import api as policies
from xingtan.domains.projects import api as projects
from xingtan.domains.supervision.models import LiveProject, LiveReminder, LiveTally, LiveTrainee
from xingtan.domains.supervision.rules import NOW_S
from xingtan.domains.supervision.states import Pace
from xingtan.domains.workshops import api as workshops
from xingtan.foundation.people.roles import Actor, Role
from xingtan.foundation.refusal import NotInScope
from xingtan.foundation.scope.branch import STEP, Scope
from xingtan.foundation.scope.models import Kind, Organisation

COUNTS = ("trainees", *(pace.value for pace in Pace), "learned_s", "counted_s", "required_s")


@dataclass
class Sums:
    """Counts of trainees by pace, how many of them study now, and seconds, of a branch or class."""

    trainees: int = 0
    now: int = 0
    done: int = 0
    not_begun: int = 0
    stopped: int = 0
    behind: int = 0
    on_track: int = 0
    learned_s: int = 0
    counted_s: int = 0
    required_s: int = 0

    def add(self, values: Sequence[int]) -> None:
        """These values, in the order of `COUNTS`, are added."""
        for name, value in zip(COUNTS, values, strict=True):
            setattr(self, name, getattr(self, name) + value)

    @property
    def percent(self) -> int:
        """The share of the required time that was learned, in hundredths, rounded down."""
        return self.counted_s * 100 // self.required_s if self.required_s else 0


class Part(NamedTuple):
    """A row of the table: a branch or class, and its sums."""

    name: str
    public_id: str
    sums: Sums
    is_school: bool = False


@dataclass
class View:
    """What the page shows of a branch: all together, its parts, and how fresh it is."""

    total: Sums = field(default_factory=Sums)
    parts: list[Part] = field(default_factory=list)
    head: LiveProject | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """Through whose eyes a project is watched: a branch of the tree, or a provider's own part wherever the trainees are."""

    scope: Scope
    provider_id: int | None = None


def eyes_of(actor: Actor) -> Seen:
    """The branch that the actor watches; a provider watches its own part."""
    if actor.role is Role.PROVIDER_STAFF:
        return Seen(Scope(first="", beyond="~"), actor.organisation_id or 0)
    return Seen(actor.scope)


def watched(actor: Actor) -> list[projects.Project]:
    """The projects of open years that have trainees whom the actor may watch, the latest first."""
    seen = eyes_of(actor)
    rows = LiveTally.objects.within(seen.scope).filter(provider=seen.provider_id, project__training_year__state=policies.YearState.OPEN)
    found = projects.projects_by_id(set(rows.order_by().values_list("project_id", flat=True).distinct()))
    return sorted(found.values(), key=lambda one: (-one.training_year.year, one.pk))


def watched_project(actor: Actor, public_id: str) -> projects.Project:
    """The project with this address, if the actor may watch anybody in it; `NotInScope` otherwise."""
    found = next((one for one in watched(actor) if one.public_id == public_id), None)
    if found is None:
        raise NotInScope
    return found


def narrowed(seen: Seen, branch: str) -> tuple[Seen, Organisation | None]:
    """The same eyes on one branch inside their own; `NotInScope` where there is none."""
    if not branch:
        return seen, None
    place = Organisation.objects.within(seen.scope).filter(public_id=branch).exclude(kind=Kind.PROVIDER).first()
    if place is None:
        raise NotInScope
    return Seen(place.scope, seen.provider_id), place


def view_of(project: projects.Project, seen: Seen, now: datetime, *, by_class: bool = False) -> View:
    """The branch's sums and those of its parts: the next level of the tree that divides it, or its classes."""
    rows = LiveTally.objects.within(seen.scope).filter(project=project, provider=seen.provider_id)
    tallies = list(rows.order_by().values_list("school__path", "cohort_id", *COUNTS))
    busy = _studying(project, seen, now)
    found = View(head=LiveProject.objects.filter(project=project).first())
    length = 0 if by_class else _level([row[0] for row in tallies], seen)
    by_part: dict[str | int | None, Sums] = defaultdict(Sums)
    for path, cohort_id, *values in tallies:
        found.total.add(values)
        by_part[cohort_id if by_class else path[:length]].add(values)
    for (path, cohort_id), count in busy.items():
        found.total.now += count
        by_part[cohort_id if by_class else path[:length]].now += count
    found.parts = _classes(project, by_part) if by_class else _branches({str(key): sums for key, sums in by_part.items()})
    return found


def _level(paths: Collection[str], seen: Seen) -> int:
    """How much of a path names the parts: one level below what all of them have in common."""
    if not paths:
        return 0
    length = len(seen.scope.first) + STEP
    while len({path[:length] for path in paths}) == 1 and length < max(map(len, paths)):
        length += STEP
    return length


def _studying(project: projects.Project, seen: Seen, now: datetime) -> Counter[tuple[str, int | None]]:
    """How many study now, by school and class: the index finds them, not all trainees."""
    rows = LiveTrainee.objects.within(seen.scope).filter(
        project=project, provider=seen.provider_id, last_at__gte=int(now.timestamp()) - NOW_S
    )
    return Counter(rows.order_by().values_list("school__path", "cohort_id"))


def _branches(by_part: dict[str, Sums]) -> list[Part]:
    places = {one.path: one for one in Organisation.everywhere.filter(path__in=list(by_part))}
    schools = (Kind.SCHOOL, Kind.TEACHING_POINT)
    return [
        Part(str(places[path]), places[path].public_id, sums, places[path].kind in schools)
        for path, sums in sorted(by_part.items())
        if path in places
    ]


def _classes(project: projects.Project, by_part: dict[str | int | None, Sums]) -> list[Part]:
    named = {one.pk: one for one in workshops.cohorts_in(project.pk)}
    found = [Part(_title(named[key]), named[key].public_id, sums) for key, sums in by_part.items() if isinstance(key, int) and key in named]
    rest = [Part("", "", by_part[None])] if None in by_part else []
    return sorted(found) + rest


def _title(cohort: workshops.Cohort) -> str:
    return cohort.title


def trainees_of(
    project: projects.Project, seen: Seen, now: datetime, *, state: str = "", q: str = "", cohort: str = ""
) -> QuerySet[LiveTrainee]:
    """The branch's trainees in the project: of one state (`now`, `late` for behind or stopped, or a pace), searched, of one class."""
    rows: QuerySet[LiveTrainee] = LiveTrainee.objects.within(seen.scope).filter(project=project, provider=seen.provider_id)
    if state == "now":
        rows = rows.filter(last_at__gte=int(now.timestamp()) - NOW_S)
    elif state == "late":
        rows = rows.filter(pace__in=[Pace.NOT_BEGUN.value, Pace.STOPPED.value, Pace.BEHIND.value])
    elif state in set(Pace):
        rows = rows.filter(pace=state)
    if cohort:
        rows = rows.filter(cohort__public_id=cohort)
    if text := " ".join(q.split()):
        plain = text.lower().replace(" ", "")
        where = Q(teacher__name__contains=text) | Q(school__name__contains=text)
        if plain.isascii() and plain.isalpha():
            where |= Q(teacher__name_pinyin__startswith=plain) | Q(teacher__name_initials__startswith=plain)
        rows = rows.filter(where)
    return rows.select_related("teacher", "school", "cohort").annotate(missing_s=F("required_s") - F("counted_s"))


def reminded_at(project_id: int, teacher_ids: Iterable[int]) -> dict[int, datetime]:
    """When each of these trainees was last reminded of the project; who never was is left out."""
    rows = LiveReminder.objects.filter(project_id=project_id, teacher_id__in=list(teacher_ids)).order_by("at")
    return dict(rows.values_list("teacher_id", "at"))
