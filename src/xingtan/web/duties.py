"""Duties that are two people's."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.utils.translation import gettext as _

from xingtan.foundation.people.grants import grants_of
from xingtan.foundation.people.models import Account
from xingtan.foundation.people.roles import SCHOOL

from .http import Request


def warn_of_both_duties(request: Request, account: Account, day: date) -> None:
    """The next page says so when the account enters and reviews hours at one school on this day; it may, except for what it entered."""
    held: dict[int | None, set[str]] = {}
    for grant in grants_of(account, day):
        held.setdefault(grant.organisation_id, set()).add(grant.role)
    if any(roles >= {role.value for role in SCHOOL} for roles in held.values()):
        text = _("%(name)s now enters and reviews hours at the same school. These are two people's: nobody reviews what they entered.")
        messages.warning(request, text % {"name": account.name})
