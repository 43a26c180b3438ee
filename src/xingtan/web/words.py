"""Refusals and messages of every room in words: the rooms keep the sentences, this page finds them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib import import_module

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xingtan.foundation.people.roles import Role
from xingtan.foundation.refusal import Refused

Sentences = Mapping[str, str | Promise]

HOUSE: Sentences = {
    "locked": _("Too many attempts. Try again in %(minutes)s minutes."),
    "activation_unknown": _("This number and activation code do not belong together, or the account is already activated."),
    "file_is_not_what_it_says": _("The file's content is not of the type that its name claims."),
    "login_taken": _("The sign-in name %(login)s is taken. Choose another."),
    "role_not_here": _("An organisation of this kind has no such role."),
    "role_own": _("Nobody ends the own role; ask a colleague or the office above."),
    "account_unknown": _("No account has this sign-in name, number or phone."),
    "stale": _("Someone changed this in the meantime. Look at it again, then decide."),
}
ROLES: dict[Role, str | Promise] = {
    Role.TEACHER: pgettext_lazy("role", "Teacher"),
    Role.SCHOOL_CLERK: pgettext_lazy("role", "School clerk"),
    Role.SCHOOL_REVIEWER: pgettext_lazy("role", "School reviewer"),
    Role.COUNTY_OFFICER: pgettext_lazy("role", "County officer"),
    Role.CITY_OFFICER: pgettext_lazy("role", "City officer"),
    Role.PROVINCE_OFFICER: pgettext_lazy("role", "Province officer"),
    Role.PROVIDER_STAFF: pgettext_lazy("role", "Training provider"),
    Role.TUTOR: pgettext_lazy("role", "Tutor"),
    Role.WORKSHOP_LEAD: pgettext_lazy("role", "Workshop lead"),
    Role.SUPERVISOR: pgettext_lazy("role", "Supervisor"),
    Role.VISITOR: pgettext_lazy("role", "Visitor"),
    Role.OPERATOR: pgettext_lazy("role", "Operator"),
}


@lru_cache(maxsize=8)
def _of_rooms(name: str) -> Sentences:
    found: dict[str, str | Promise] = {}
    for room in settings.ROOMS:
        found.update(getattr(import_module(f"xingtan.domains.{room}.api"), name, {}))
    return found


def _said(sentence: str | Promise | None, code: str, params: Mapping[str, object]) -> str:
    if sentence is None:
        return code
    try:
        return str(sentence) % dict(params)
    except (KeyError, TypeError, ValueError):
        return str(sentence)


def refusal_sentence(refusal: Refused) -> str:
    """The refusal's sentence with its numbers; an unknown code is shown as itself, never swallowed."""
    return _said(HOUSE.get(refusal.code) or _of_rooms("REFUSALS").get(refusal.code), refusal.code, refusal.params)


def message_sentence(code: str, params: Mapping[str, object]) -> str:
    """An inbox message's sentence with its numbers; an unknown code is shown as itself."""
    return _said(_of_rooms("MESSAGES").get(code), code, params)


def role_word(role: Role) -> str:
    """The role's word."""
    return str(ROLES[role])
