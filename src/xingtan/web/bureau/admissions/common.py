"""What the pages of admissions share: the project as the branch sees it, its tabs, ids behind public ones."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from xingtan.domains.admissions import api as door
from xingtan.domains.projects import api as projects
from xingtan.foundation.refusal import NotInScope
from xingtan.web.http import Request

MOST_TICKED = 500


def seated_project(request: Request, pid: str) -> projects.Project:
    """The project with seats that the branch sees under this address; `NotInScope` for any other."""
    project = projects.project_in(request.actor.scope, pid)
    if not project.has_seats:
        raise NotInScope
    return project


def tabs(request: Request, project: projects.Project, name: str) -> list[tuple[str, str, bool]]:
    """The pages of a project's admission that this role may open, the present one marked."""
    known = [
        ("applications", _("Applications"), door.SEE_APPLICATIONS),
        ("nominate", _("Nominate"), door.NOMINATE),
        ("nominations", _("By workbook"), door.NOMINATE),
        ("rounds", _("Rounds and classes"), door.SEE_APPLICATIONS),
    ]
    return [
        (reverse(f"bureau:{page}", args=[project.public_id]), word, page == name) for page, word, right in known if request.actor.may(right)
    ]


def ids_of(request: Request, public_ids: Sequence[str]) -> list[int]:
    """The keys of these applications of the branch; `NotInScope` when one is not there."""
    wanted = set(public_ids[:MOST_TICKED])
    found = list(door.applications_in(request.actor.scope).filter(public_id__in=wanted).values_list("pk", flat=True))
    if len(found) != len(wanted):
        raise NotInScope
    return found
