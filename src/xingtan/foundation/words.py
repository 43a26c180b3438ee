"""Refusals and messages of every room in words: the rooms keep the sentences, pages and endpoints find them here."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .refusal import Refused

Sentences = Mapping[str, str | Promise]

HOUSE: Sentences = {
    "locked": _("Too many attempts. Try again in %(minutes)s minutes."),
    "activation_unknown": _("This number and activation code do not belong together, or the account is already activated."),
    "file_is_not_what_it_says": _("The file's content is not of the type that its name claims."),
    "login_taken": _("The sign-in name %(login)s is taken. Choose another."),
    "login_is_number": _("A sign-in name may not be an identity number or a phone number. Choose another name, such as letters."),
    "role_not_here": _("An organisation of this kind has no such role."),
    "role_own": _("Nobody ends the own role; ask a colleague or the office above."),
    "role_days": _("The last day lies before the first, or in the past."),
    "deputy_days": _("A deputy stands in for a year at most, and not beyond the holder's own last day."),
    "deputy_unknown": _("Nobody in your branch has this sign-in name, number or phone."),
    "deputy_self": _("Nobody is their own deputy."),
    "handover_nothing": _("This person holds no role in your branch that could be handed over."),
    "handover_self": _("Successor and holder are the same person."),
    "handover_own": _("Nobody hands over the own roles; ask a colleague or the office above."),
    "acting_over": _("Acting for another has ended; begin again if it is still needed."),
    "account_unknown": _("No account has this sign-in name, number or phone."),
    "stale": _("Someone changed this in the meantime. Look at it again, then decide."),
    "idempotency_key_reused": _("This idempotency key was used for another request. Use a new key for a new request."),
}


@lru_cache(maxsize=8)
def _of_rooms(name: str) -> Sentences:
    found: dict[str, str | Promise] = {}
    house = __name__.partition(".")[0]
    for app in apps.get_app_configs():
        if app.name.startswith(f"{house}.") and find_spec(f"{app.name}.api"):
            found.update(getattr(import_module(f"{app.name}.api"), name, {}))
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
