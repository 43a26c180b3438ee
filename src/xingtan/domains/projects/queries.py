"""Reading projects and offers. A published project is open to every school below its organiser."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from xingtan.domains.policies import api as policies
from xingtan.foundation.db import Prepared
from xingtan.foundation.people.models import Account, Grant
from xingtan.foundation.people.roles import Role
from xingtan.foundation.refusal import NotInScope
from xingtan.foundation.scope.branch import STEP, Scope
from xingtan.foundation.scope.models import Kind, Organisation

from .models import Offer, Project, Segment
from .states import ProjectState

SHOWN = (ProjectState.PUBLISHED, ProjectState.CLOSED, ProjectState.CANCELLED)


def projects_for(
    scope: Scope, *, q: str = "", training_year_id: int | None = None, state: str = "", tier: str = "", kind: str = ""
) -> QuerySet[Project]:
    """Projects of the branch in every state and those from above that were published, the latest first; `offer_count` stands on each."""
    found: QuerySet[Project] = Project.everywhere.filter(_visible(scope))
    if q:
        found = found.filter(Q(title__icontains=q) | Q(title_en__icontains=q) | Q(organiser__name__icontains=q))
    wanted = {"training_year": training_year_id, "state": state, "tier": tier, "kind": kind}
    found = found.filter(**{field: value for field, value in wanted.items() if value})
    offers = Offer.objects.filter(project=OuterRef("pk")).order_by().values("project").annotate(n=Count("pk")).values("n")
    return found.annotate(offer_count=Coalesce(Subquery(offers), 0)).select_related("organiser", "training_year").order_by("-pk")


def project_in(scope: Scope, public_id: str) -> Project:
    """The project with this address as the branch sees it; `NotInScope` where there is none."""
    found: Project | None = (
        Project.everywhere.filter(_visible(scope), public_id=public_id).select_related("organiser", "training_year__pack").first()
    )
    if found is None:
        raise NotInScope
    return found


def open_projects(where: str | Scope | Organisation, day: date) -> QuerySet[Project]:
    """Published projects without seats that a school with this path may choose from on this day, the latest first."""
    return _published(day).filter(organiser__path__in=_above(_path(where)), has_seats=False)


def public_projects(day: date) -> QuerySet[Project]:
    """Published projects of every office that are open on this day, the latest first: what a visitor sees."""
    return _published(day)


def projects_of_year(training_year_id: int) -> QuerySet[Project]:
    """The published projects of a year, open to choice or not, the latest first: what a visitor sees while everyone studies."""
    found = Project.everywhere.filter(training_year_id=training_year_id, state=ProjectState.PUBLISHED)
    return found.select_related("organiser").order_by("-opens_on", "pk")


def public_project(public_id: str) -> Project:
    """The published or closed project with this address, for anyone; a draft is not there (`NotInScope`)."""
    found: Project | None = (
        Project.everywhere.filter(public_id=public_id, state__in=SHOWN).select_related("organiser", "training_year__pack").first()
    )
    if found is None:
        raise NotInScope
    return found


def projects_by_id(ids: Iterable[int]) -> dict[int, Project]:
    """The projects with these ids, organiser and year beside each."""
    found = Project.everywhere.filter(pk__in=set(ids)).select_related("organiser", "training_year")
    return {project.pk: project for project in found}


def offers_of(project_ids: Iterable[int]) -> dict[int, list[Offer]]:
    """The offers of each project, courses before workshops, in one query; a project without any has an empty list."""
    wanted = set(project_ids)
    found: dict[int, list[Offer]] = {pk: [] for pk in wanted}
    for offer in _offers().filter(project__in=wanted).order_by("kind", "title", "pk"):
        found[offer.project_id].append(offer)
    return found


def offers_by_id(ids: Iterable[int]) -> dict[int, Offer]:
    """The offers with these ids; project, course and provider stand beside each."""
    return {offer.pk: offer for offer in _offers().filter(pk__in=set(ids))}


_courses: Prepared[tuple[int, int | None]] = Prepared(
    lambda ids: Offer.objects.filter(pk__among=ids).order_by("pk").values_list("pk", "course_id"), "many"
)


def course_ids_of(offer_ids: Iterable[int]) -> dict[int, int | None]:
    """The course of each of these offers; None for a workshop's."""
    return dict(_courses(list(offer_ids)))


def most_centi(project: Project) -> dict[str, int]:
    """For each component of the year's policy the most hundredths of an hour that any item asks of it."""
    policy = policies.policy_of(project.training_year)
    most: dict[str, int] = defaultdict(int)
    for item in policy.items:
        for required in (item.required_centi, item.first_year_centi):
            for component, centi in required.items():
                most[component] = max(most[component], centi)
    return dict(most)


def workshop_leads(scope: Scope, day: date) -> QuerySet[Account]:
    """The people who lead workshops in the branch on this day, by name."""
    held = Grant.objects.filter(role=Role.WORKSHOP_LEAD, organisation__path__gte=scope.first, organisation__path__lt=scope.beyond)
    held = held.filter(Q(to_on=None) | Q(to_on__gte=day), from_on__lte=day)
    return Account.objects.filter(pk__in=held.values("account_id"), is_active=True).order_by("name", "pk")


def providers_for(scope: Scope) -> QuerySet[Organisation]:
    """The training providers of the province that the branch belongs to, and the branch's own, by name."""
    province = scope.first[:STEP]
    inside = Q(path__gte=province, path__lt=province + "~") if province else Q()
    found: QuerySet[Organisation] = Organisation.everywhere.filter(inside | Q(parent=None), kind=Kind.PROVIDER).order_by("name", "pk")
    return found


def _offers() -> QuerySet[Offer]:
    return Offer.objects.select_related("project__training_year", "course", "provider", "lead")


def _published(day: date) -> QuerySet[Project]:
    found: QuerySet[Project] = Project.everywhere.filter(state=ProjectState.PUBLISHED, opens_on__lte=day, closes_on__gte=day)
    return found.select_related("organiser", "training_year__pack").order_by("-published_at", "-pk")


def _above(path: str) -> list[str]:
    return [path[:end] for end in range(STEP, len(path) + 1, STEP)]


def _visible(scope: Scope) -> Q:
    own = Q(organiser__path__gte=scope.first, organiser__path__lt=scope.beyond)
    return own | Q(organiser__path__in=_above(scope.first), state__in=SHOWN)


def segments_of(project_ids: Iterable[int]) -> dict[int, list[Segment]]:
    """The segments of each project in their order, in one query; a project without any has an empty list."""
    wanted = set(project_ids)
    found: dict[int, list[Segment]] = {pk: [] for pk in wanted}
    for segment in Segment.objects.filter(project__in=wanted).order_by("project", "place"):
        found[segment.project_id].append(segment)
    return found


def open_for_seats(where: str | Scope | Organisation, day: date) -> QuerySet[Project]:
    """Published projects with seats that whoever is at this place of the tree may apply to on this day, the latest first."""
    return _published(day).filter(organiser__path__in=_above(_path(where)), has_seats=True)


def running_projects(where: str | Scope | Organisation, day: date) -> QuerySet[Project]:
    """Published projects of the offices at and above this place whose training lasts on this day, by its first day."""
    found: QuerySet[Project] = Project.everywhere.filter(
        state=ProjectState.PUBLISHED, organiser__path__in=_above(_path(where)), starts_on__lte=day, ends_on__gte=day
    )
    return found.select_related("organiser", "training_year__pack").order_by("starts_on", "pk")


def search_public(day: date, *, q: str = "", tier: str = "", kind: str = "", when: str = "") -> QuerySet[Project]:
    """What a visitor finds: published projects that are `open` to application, `coming`, or `over` for application (all of them for "")."""
    found: QuerySet[Project] = Project.everywhere.filter(
        state=ProjectState.PUBLISHED, **{k: v for k, v in (("tier", tier), ("kind", kind)) if v}
    )
    if q:
        found = found.filter(Q(title__icontains=q) | Q(title_en__icontains=q) | Q(organiser__name__icontains=q) | Q(summary__icontains=q))
    spans = {"open": Q(opens_on__lte=day, closes_on__gte=day), "coming": Q(opens_on__gt=day), "over": Q(closes_on__lt=day)}
    return found.filter(spans.get(when, Q())).select_related("organiser", "training_year")


def _path(where: str | Scope | Organisation) -> str:
    return where.scope.first if isinstance(where, Organisation) else where.first if isinstance(where, Scope) else where
