"""Refusals of every room in words: the rooms keep the sentences, this page finds them."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.functional import Promise

from xingtan.foundation.refusal import Refused

HOUSE: Mapping[str, str | Promise] = {
    "locked": _("Too many attempts. Try again in %(minutes)s minutes."),
    "activation_unknown": _("This number and activation code do not belong together, or the account is already activated."),
    "file_is_not_what_it_says": _("The file's content is not of the type that its name claims."),
    "stale": _("Someone changed this in the meantime. Look at it again, then decide."),
}


def _all_refusals() -> dict[str, str | Promise]:
    found = dict(HOUSE)
    for room in settings.ROOMS:
        found.update(getattr(import_module(f"xingtan.domains.{room}.api"), "REFUSALS", {}))
    return found


def refusal_sentence(refusal: Refused) -> str:
    """The refusal's sentence with its numbers; an unknown code is shown as itself, never swallowed."""
    sentence = _all_refusals().get(refusal.code)
    return str(sentence) % dict(refusal.params) if sentence else refusal.code
