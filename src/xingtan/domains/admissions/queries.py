"""Reading applications: an office's, a project's, a teacher's own, and the trail of one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from django.db.models import Count, Q, QuerySet

from xingtan.domains.teachers import api as teachers
from xingtan.foundation.people.models import Account
from xingtan.foundation.refusal import NotInScope
from xingtan.foundation.scope.branch import Scope
from xingtan.foundation.scope.gate import ScopedQuerySet

from .models import Application, ApplicationStep, PlannedOffer
from .states import State

BESIDE = ("teacher", "school", "choice", "round", "project__training_year")


def applications_in(
    scope: Scope, *, project_id: int | None = None, q: str = "", states: Collection[str] = (), way: str = "", choice_id: int | None = None
) -> ScopedQuerySet[Application]:
    """The branch's applications with teacher, school and class, the latest first."""
    found = Application.objects.within(scope).select_related(*BESIDE)
    if q:
        found = found.filter(Q(teacher__name__icontains=q) | Q(school__name__icontains=q))
    if states:
        found = found.filter(state__in=list(states))
    wanted = {"project": project_id, "way": way, "choice": choice_id}
    return found.filter(**{name: value for name, value in wanted.items() if value}).order_by("-pk")


def application_in(scope: Scope, public_id: str) -> Application:
    """The application with this address in the branch; `NotInScope` where there is none."""
    found: Application | None = applications_in(scope).filter(public_id=public_id).first()
    if found is None:
        raise NotInScope
    return found


def own_applications(teacher_id: int) -> QuerySet[Application]:
    """All applications of the person, under whichever id they were written, the latest first."""
    persons = teachers.whose([teacher_id])
    found: QuerySet[Application] = Application.everywhere.filter(teacher_id__among=persons).select_related(*BESIDE)
    return found.order_by("-pk")


def own_application(teacher_id: int, public_id: str) -> Application:
    """The person's application with this address; `NotInScope` where there is none."""
    found = own_applications(teacher_id).filter(public_id=public_id).first()
    if found is None:
        raise NotInScope
    return found


def place_of(application: Application) -> int | None:
    """How many come first in line, this one counted; None where it does not wait."""
    if application.state != State.WAITING:
        return None
    same = Application.everywhere.filter(project=application.project_id, category=application.category, quota=application.quota)
    line = application.place_in_line or 0
    earlier = Q(place_in_line__lt=line) | Q(place_in_line=line, pk__lt=application.pk)
    return same.filter(earlier, state=State.WAITING).count() + 1


def trail_of(application_id: int) -> list[ApplicationStep]:
    """Every step of the application, the oldest first."""
    return list(ApplicationStep.objects.filter(application_id=application_id).order_by("pk"))


def names_of(steps: Collection[ApplicationStep]) -> dict[int, str]:
    """The names of the people who took these steps."""
    wanted = {step.account_id for step in steps if step.account_id}
    return dict(Account.objects.filter(pk__in=wanted).values_list("pk", "name"))


def plan_of(application_id: int) -> list[PlannedOffer]:
    """The courses of the plan of study, in order."""
    return list(PlannedOffer.objects.filter(application_id=application_id).select_related("offer__provider").order_by("number"))


def counts_by_state(scope: Scope, project_id: int | None = None) -> Counter[str]:
    """How many applications of the branch stand in each state."""
    found = Application.objects.within(scope)
    found = found.filter(project_id=project_id) if project_id else found
    return Counter(dict(found.order_by().values("state").annotate(n=Count("pk")).values_list("state", "n")))


def had_class_cancelled(project_id: int, teacher_id: int) -> bool:
    """True when the person's class in this project was cancelled as thin or trimmed in an earlier round: they choose first (D7)."""
    persons = teachers.whose([teacher_id])
    ended = Application.everywhere.filter(project_id=project_id, teacher_id__among=persons, round__isnull=False)
    return ended.filter(Q(state=State.CANCELLED) | Q(state=State.DECLINED, reason="=trimmed")).exists()
