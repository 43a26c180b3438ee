"""The project whose seats move, as the actor may see it."""

from __future__ import annotations

from typing import Any

from xingtan.domains.projects import api as projects
from xingtan.foundation.people.roles import Actor
from xingtan.foundation.refusal import NotInScope, Refused

OPEN = (projects.ProjectState.DRAFT, projects.ProjectState.PUBLISHED)


def refuse_closed(project: projects.Project) -> None:
    """Nothing changed; raises `Refused` for a project whose seats move no more."""
    if project.state not in OPEN:
        raise Refused("quota_project_closed")


def project_held(actor: Actor, project_id: int) -> projects.Project:
    """The project of the actor's own branch, open for changes of its seats; `NotInScope` where there is none."""
    found = projects.Project.objects.within(actor.scope).filter(pk=project_id).select_related("organiser").first()
    if found is None:
        raise NotInScope
    refuse_closed(found)
    return found


def category_of(project: projects.Project, code: str) -> dict[str, Any]:
    """What the project says of the category; a project without categories has only the empty one."""
    known = {str(one["code"]): dict(one) for one in project.categories} | {"": {}}
    if code not in known:
        raise Refused("quota_category_unknown")
    return known[code]
