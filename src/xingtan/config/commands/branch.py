"""The operator's hand on one branch of the tree."""

from __future__ import annotations

from dataclasses import replace

from xingtan.foundation.people.roles import OPERATOR, Actor
from xingtan.foundation.scope.models import Organisation


def operator_within(code: str) -> Actor | None:
    """The operator, within the branch of this code when one is named; None when there is no such organisation."""
    if not code:
        return OPERATOR
    branch = Organisation.everywhere.filter(code=code).first()
    return replace(OPERATOR, organisation_id=branch.pk, scope=branch.scope) if branch else None
