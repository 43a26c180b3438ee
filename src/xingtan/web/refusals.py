"""What a page or an endpoint refused, noted for the audit log: by its name, never by its address."""

from __future__ import annotations

from xingtan.foundation.audit.refusals import note_refusal
from xingtan.foundation.people.roles import VISITOR

from .http import Request
from .trainee.came import address_of

ACTS = {401: "refused.token", 403: "refused.right", 404: "refused.scope", 409: "refused.state"}


def told_refusal(request: Request, status: int) -> None:
    """The refusal is noted: an unknown token, a right that lacks, a row outside the branch, a state that forbids; an unknown address is none."""
    found = request.resolver_match
    if status not in ACTS or found is None:
        return
    detail = {"page": found.view_name, "method": request.method}
    if code := getattr(request, "refusal", ""):
        detail["code"] = code
    note_refusal(
        getattr(request, "actor", VISITOR), ACTS[status], subject="page", now=request.now, origin=address_of(request), detail=detail
    )
