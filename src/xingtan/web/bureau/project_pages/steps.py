"""Where a project goes on: pages of other rooms about it, those that exist and that this actor may open."""

from __future__ import annotations

from django.urls import NoReverseMatch, resolve, reverse
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from xingtan.domains.projects import api as projects
from xingtan.domains.quotas import api as quotas
from xingtan.foundation.people.roles import Actor

QUOTAS = "bureau:quota_board"
# Word, page, and whether the project stands in its path (else in its query).
STEPS: tuple[tuple[str | Promise, str, bool], ...] = (
    (pgettext_lazy("project step", "Tender"), "bureau:tenders", False),
    (pgettext_lazy("project step", "Quotas"), QUOTAS, True),
    (pgettext_lazy("project step", "Rounds"), "bureau:rounds", True),
    (pgettext_lazy("project step", "Applications"), "bureau:applications", True),
)


def steps_on(actor: Actor, project: projects.Project) -> list[tuple[str, str]]:
    """Word and address of each page about a project with seats that this actor may open."""
    found: list[tuple[str, str]] = []
    if not project.has_seats:
        return found
    # Providers are chosen before anybody may apply; the rest needs a published project.
    for word, name, is_path in STEPS[:1] if project.state == projects.ProjectState.DRAFT else STEPS:
        try:
            url = reverse(name, args=[project.public_id] if is_path else [])
        except NoReverseMatch:
            continue
        if name == QUOTAS and not _has_board(actor, project):
            continue
        permission = getattr(resolve(url).func, "permission", None)
        if permission is None or actor.may(permission):
            found.append((str(word), url if is_path else f"{url}?project={project.public_id}"))
    return found


def _has_board(actor: Actor, project: projects.Project) -> bool:
    """Whether the branch organises the project or holds seats of it; elsewhere there is no board to open."""
    return actor.scope.holds(project.organiser.path) or quotas.quotas_in(actor.scope, project.pk).exists()
