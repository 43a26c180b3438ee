"""Lists of people that a program pages through leave a trace: one line a token, list and day, among the exports."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from xingtan.foundation.disclosures import api as disclosures

from .http import Request
from .paging import Page

# Lists of things, none of whose rows names a person.
NAMES_NOBODY = frozenset(
    {
        "projects_list",
        "courses_list",
        "years_list",
        "policy_packs_list",
        "standings_list",
        "tenders_list",
        "calls_list",
        "evaluations_list",
        "plans_list",
        "surveys_list",
        "roster_imports_list",
        "deliveries_list",
    }
)


def is_list(answer: object) -> bool:
    """True for the answers of lists in pages."""
    return isinstance(answer, type) and issubclass(answer, Page)


def counted(operation_id: str, view: Callable[..., Page[Any]]) -> Callable[..., Page[Any]]:
    """The view, whose rows are counted with the token before they leave; a person's own ones are not."""

    def inside(request: Request, **kwargs: Any) -> Page[Any]:  # noqa: ANN401 -- what the view's own signature says
        page = view(request, **kwargs)
        if page.rows and request.actor.role not in disclosures.UNRECORDED:
            mark = disclosures.mark_for(request.actor, f"api-v1:{operation_id}", request.GET.urlencode(), request.now)
            disclosures.count_listed(mark, token_id=request.token_id, name=request.path, rows=len(page.rows))
        return page

    return inside
