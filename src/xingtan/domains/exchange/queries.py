"""What was said, what of it counts and why the rest does not: per provider and project, by reason, by teacher, line by line, then and now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet, Sum

from xingtan.domains.policies import api as policies
from xingtan.domains.projects import api as projects
from xingtan.foundation.people.roles import Actor, Role
from xingtan.foundation.refusal import NotInScope
from xingtan.foundation.scope.branch import Scope
from xingtan.foundation.scope.models import Kind, Organisation

from .models import LOST, ActivityName, Claim, Delivery, Judgement, Layout, Remark, Report
from .states import WhyNot

FIGURES = ("said_s", "counted_s", *LOST)
LOST_OF = dict(zip(WhyNot, LOST, strict=True))


def report_figures(rows: QuerySet[Judgement]) -> dict[str, int]:
    """Seconds said, counted and lost by reason over these judgements; they add up."""
    sums = rows.aggregate(**{f"sum_{name}": Sum(name) for name in FIGURES})
    return {name: sums[f"sum_{name}"] or 0 for name in FIGURES}


def deliveries_of(provider_id: int) -> QuerySet[Delivery]:
    """What the provider delivered, the latest first; each with the delivery that undid it, if any."""
    rows = Delivery.everywhere.filter(provider_id=provider_id).exclude(channel="statements")
    return rows.select_related("file", "undoes").order_by("-pk")


def delivery_in(provider_id: int, public_id: str) -> Delivery:
    """The provider's delivery with this public id."""
    found: Delivery | None = Delivery.everywhere.filter(provider_id=provider_id, public_id=public_id).select_related("undoes").first()
    if found is None:
        raise NotInScope("delivery")
    return found


def lines_of(delivery_id: int) -> QuerySet[Judgement]:
    """The delivery's claims with their standing judgements, in their order."""
    rows = Judgement.objects.filter(claim__delivery_id=delivery_id, until_at=None)
    return rows.select_related("claim__teacher", "claim__school", "claim__offer", "claim__delivery", "claim__replaces").order_by("claim_id")


def is_open(delivery_id: int) -> bool:
    """True while no training year of the delivery's claims is closed, so that it may still be undone."""
    return not Claim.everywhere.filter(delivery_id=delivery_id, training_year__state=policies.YearState.CLOSED).exists()


def undone(delivery_ids: Iterable[int]) -> dict[int, Delivery]:
    """The undoing of each of these deliveries that was undone."""
    return {one.undoes_id or 0: one for one in Delivery.everywhere.filter(undoes__among=list(delivery_ids))}


def layout_of(provider_id: int) -> Layout | None:
    """How the provider's files name their columns, where it was told."""
    found: Layout | None = Layout.everywhere.filter(provider_id=provider_id).first()
    return found


def activity_names(provider_id: int) -> QuerySet[ActivityName]:
    """The names that the provider's statements use for its offers."""
    return ActivityName.everywhere.filter(provider_id=provider_id).select_related("offer").order_by("-pk")


def unknown_activities(provider_id: int, limit: int = 20) -> list[tuple[str, int, int]]:
    """(IRI, statements, seconds) of activities in the provider's statements that belong to no offer, the most seconds first."""
    rows = Judgement.objects.filter(claim__provider_id=provider_id, until_at=None, lost_activity_unknown__gt=0)
    sums: dict[str, list[int]] = {}
    for iri, seconds in rows.values_list("claim__activity", "lost_activity_unknown").iterator():
        one = sums.setdefault(iri, [0, 0])
        one[0] += 1
        one[1] += seconds
    return sorted(((iri, count, seconds) for iri, (count, seconds) in sums.items()), key=lambda one: -one[2])[:limit]


class Seen(NamedTuple):
    """Whose reconciliation is looked at: one provider's, as far as its trainees are in the branch (None: all of them)."""

    provider: Organisation
    branch: Scope | None


def seen_by(actor: Actor, provider_public_id: str = "") -> Seen:
    """For a provider its own; for an office the named provider's trainees of its branch; `NotInScope` for a provider unknown there."""
    if actor.role is Role.PROVIDER_STAFF:
        own = Organisation.objects.within(actor.scope).filter(pk=actor.organisation_id or 0, kind=Kind.PROVIDER).first()
        if own is None or provider_public_id not in ("", own.public_id):
            raise NotInScope("provider")
        return Seen(own, None)
    found = Organisation.everywhere.filter(public_id=provider_public_id, kind=Kind.PROVIDER).first()
    if found is None:
        raise NotInScope("provider")
    whole = actor.scope.holds(found.path)
    if not whole and not _judgements(Seen(found, actor.scope)).exists():
        raise NotInScope("provider")
    return Seen(found, None if whole else actor.scope)


def _judgements(seen: Seen, at: datetime | None = None) -> QuerySet[Judgement]:
    """The judgements that stand (or stood at that moment) of the claims that are seen."""
    rows = Judgement.objects.filter(claim__provider=seen.provider)
    if seen.branch:
        rows = rows.filter(claim__school__path__gte=seen.branch.first, claim__school__path__lt=seen.branch.beyond)
    if at is None:
        return rows.filter(until_at=None)
    return rows.filter(Q(until_at=None) | Q(until_at__gt=at), judged_at__lte=at)


class Summary(NamedTuple):
    """One provider's claims for one project (None: claims that belong to no project), in seconds."""

    provider: Organisation
    project: projects.Project | None
    figures: Mapping[str, int]

    @property
    def said_s(self) -> int:
        """What the provider says."""
        return self.figures["said_s"]

    @property
    def counted_s(self) -> int:
        """What counts of it."""
        return self.figures["counted_s"]

    @property
    def lost_s(self) -> int:
        """What does not."""
        return self.said_s - self.counted_s


def summaries(actor: Actor) -> list[Summary]:
    """Every provider's claims by project, as far as the actor sees them; the largest difference first."""
    rows = Judgement.objects.filter(until_at=None)
    if actor.role is Role.PROVIDER_STAFF:
        rows = rows.filter(claim__provider_id=actor.organisation_id or 0)
    else:
        scope = actor.scope
        own = Q(claim__school__path__gte=scope.first, claim__school__path__lt=scope.beyond)
        rows = rows.filter(own | Q(claim__provider__path__gte=scope.first, claim__provider__path__lt=scope.beyond))
    grouped = rows.order_by().values("claim__provider_id", "claim__offer__project_id")
    found: list[dict[str, Any]] = [dict(row) for row in grouped.annotate(**{f"sum_{name}": Sum(name) for name in FIGURES})]
    known = projects.projects_by_id({row["claim__offer__project_id"] for row in found if row["claim__offer__project_id"]})
    providers = {one.pk: one for one in Organisation.everywhere.filter(pk__among={row["claim__provider_id"] for row in found})}
    listed = [
        Summary(
            providers[row["claim__provider_id"]],
            known.get(row["claim__offer__project_id"]),
            {name: row[f"sum_{name}"] or 0 for name in FIGURES},
        )
        for row in found
    ]
    return sorted(listed, key=lambda one: (-one.lost_s, one.provider.pk))


def project_named(public_id: str) -> projects.Project:
    """The project of this public id, whose records are then seen as far as `Seen` goes."""
    found: projects.Project | None = projects.Project.everywhere.filter(public_id=public_id).first()
    if found is None:
        raise NotInScope("project")
    return found


def figures_of(seen: Seen, project_id: int | None, at: datetime | None = None) -> dict[str, int]:
    """The totals of a project (None: of no project) now, or as they stood at a moment."""
    return report_figures(_judgements(seen, at).filter(claim__offer__project=project_id))


@dataclass(frozen=True, slots=True)
class TeacherSums:
    """One teacher's claims for a project, in seconds; `reasons` the lost ones, the most first."""

    teacher_id: int
    name: str
    school: str
    claims: int
    said_s: int
    counted_s: int
    reasons: Sequence[tuple[WhyNot, int]]

    @property
    def lost_s(self) -> int:
        """What does not count."""
        return self.said_s - self.counted_s


def by_teacher(seen: Seen, project_id: int | None, *, only_lost: bool = False) -> list[TeacherSums]:
    """The project's claims teacher by teacher, the largest difference first."""
    rows = _judgements(seen).filter(claim__offer__project=project_id, claim__teacher__isnull=False).order_by()
    grouped = rows.values("claim__teacher_id", "claim__teacher__name", "claim__teacher__school__name")
    sums: list[dict[str, Any]] = [
        dict(row) for row in grouped.annotate(**{f"sum_{name}": Sum(name) for name in FIGURES}, claims=Count("pk"))
    ]
    found = [
        TeacherSums(
            row["claim__teacher_id"],
            row["claim__teacher__name"],
            row["claim__teacher__school__name"],
            row["claims"],
            row["sum_said_s"],
            row["sum_counted_s"],
            _reasons({name: row[f"sum_{name}"] for name in LOST}),
        )
        for row in sums
    ]
    listed = [one for one in found if one.lost_s] if only_lost else found
    return sorted(listed, key=lambda one: (-one.lost_s, one.name, one.teacher_id))


def _reasons(figures: Mapping[str, int]) -> list[tuple[WhyNot, int]]:
    found = [(why, figures[name]) for why, name in LOST_OF.items() if figures[name]]
    return sorted(found, key=lambda one: -one[1])


def moments_of(claim: Claim) -> tuple[datetime, datetime] | None:
    """From when until when it is said to have happened; None for a sum of days."""
    if not claim.until_at:
        return None
    return datetime.fromtimestamp(claim.from_at, UTC), datetime.fromtimestamp(claim.until_at, UTC)


def lines(seen: Seen, project_id: int | None, *, why: WhyNot | None = None, name: str = "") -> QuerySet[Judgement]:
    """The project's claims one by one with their standing judgements, the latest first; of one reason or teacher where asked."""
    rows = _judgements(seen).filter(claim__offer__project=project_id)
    if why:
        rows = rows.filter(**{f"{LOST_OF[why]}__gt": 0})
    if name:
        rows = rows.filter(Q(claim__teacher__name=name) | Q(claim__number=name))
    beside = ("claim__teacher", "claim__school", "claim__offer", "claim__delivery", "claim__replaces")
    return rows.select_related(*beside).order_by("-claim_id")


def reasons_of(row: Judgement) -> list[tuple[WhyNot, int]]:
    """Why seconds of the line do not count, the most first."""
    return _reasons({name: getattr(row, name) for name in LOST})


def line_seen(actor: Actor, claim_id: int) -> Judgement:
    """The line of this claim; `NotInScope` where the actor does not see it."""
    claim = Claim.everywhere.filter(pk=claim_id).select_related("provider").first()
    if claim is None:
        raise NotInScope("claim")
    seen = seen_by(actor, claim.provider.public_id)
    beside = (
        "claim__teacher",
        "claim__school",
        "claim__offer__project",
        "claim__delivery",
        "claim__replaces",
        "claim__training_year",
        "claim__provider",
    )
    found = _judgements(seen).filter(claim_id=claim_id).select_related(*beside).first()
    if found is None:
        raise NotInScope("claim")
    return found


def history_of(claim_id: int) -> list[Judgement]:
    """How the claim was judged over time, the latest first."""
    return list(Judgement.objects.filter(claim_id=claim_id).order_by("-pk"))


def replaced_by(claim_id: int) -> Claim | None:
    """The claim that took this one's place, if any."""
    found: Claim | None = Claim.everywhere.filter(replaces_id=claim_id).select_related("delivery").first()
    return found


def remarks_of(claim_ids: Iterable[int]) -> dict[int, list[Remark]]:
    """What the provider said to each line, in order."""
    found: dict[int, list[Remark]] = {}
    for one in Remark.everywhere.filter(claim__among=list(claim_ids)).order_by("pk"):
        found.setdefault(one.claim_id, []).append(one)
    return found


def last_report(seen: Seen, project_id: int) -> Report | None:
    """The reconciliation that was kept last."""
    rows = Report.everywhere.filter(provider=seen.provider, project_id=project_id).order_by("-pk")
    found: Report | None = rows.first()
    return found


class Difference(NamedTuple):
    """A claim that counts otherwise than it did at the last report; `before_s` None: it is new since."""

    line: Judgement
    before_s: int | None

    @property
    def change_s(self) -> int:
        """How many seconds more (or, below zero, fewer) count."""
        return self.line.counted_s - (self.before_s or 0)


def differences(seen: Seen, project_id: int, since: datetime, limit: int = 200) -> list[Difference]:
    """The claims that were judged otherwise after this moment, the largest change first."""
    beside = ("claim__teacher", "claim__school", "claim__offer")
    later = _judgements(seen).filter(claim__offer__project_id=project_id, judged_at__gt=since).select_related(*beside)
    found = list(later.order_by("-pk")[: 20 * limit])
    then = (
        _judgements(seen, since).filter(claim_id__in=[one.claim_id for one in found]) if len(found) <= limit else _judgements(seen, since)
    )
    before = dict(then.filter(claim__offer__project_id=project_id).values_list("claim_id", "counted_s"))
    listed = [Difference(one, before.get(one.claim_id)) for one in found]
    return sorted((one for one in listed if one.change_s or one.before_s is None), key=lambda one: -abs(one.change_s))[:limit]


CONTRADICTIONS = (
    WhyNot.IMPOSSIBLE, WhyNot.FUTURE, WhyNot.DUPLICATE, WhyNot.OVERLAPS_HERE, WhyNot.OVERLAPS_OTHER, WhyNot.OVERLAPS_SAME,
)  # fmt: skip


class Contradiction(NamedTuple):
    """Seconds of a claim that contradict themselves or what else is known, for human eyes."""

    claim_id: int
    provider_id: int
    teacher_id: int | None
    school_id: int | None
    offer_id: int | None
    why: WhyNot
    seconds: int
    said_s: int
    from_at: int
    until_at: int
    last_on_ordinal: int
    judged_at: datetime


def contradictions(since: datetime | None = None) -> Iterator[Contradiction]:
    """Claims judged after `since` (None: all that stand) that contradict themselves, other claims or our own server, in order of judging."""
    names = [LOST_OF[why] for why in CONTRADICTIONS]
    found = Q()
    for name in names:
        found |= Q(**{f"{name}__gt": 0})
    rows = Judgement.objects.filter(found, until_at=None, judged_at__gt=since or datetime.min.replace(tzinfo=UTC)).order_by(
        "judged_at", "pk"
    )
    claim = ("provider_id", "teacher_id", "school_id", "offer_id", "from_at", "until_at", "last_on")
    fields = ("claim_id", "judged_at", "said_s", *(f"claim__{name}" for name in claim), *names)
    for claim_id, judged_at, said_s, provider, teacher, school, offer, from_at, until_at, last_on, *lost in rows.values_list(
        *fields
    ).iterator():
        for why, seconds in zip(CONTRADICTIONS, lost, strict=True):
            if seconds:
                yield Contradiction(
                    claim_id, provider, teacher, school, offer, why, seconds, said_s, from_at, until_at, last_on.toordinal(), judged_at
                )
