"""Words of the entrance's pages."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

FACTORS: dict[str, str | Promise] = {
    "totp": pgettext_lazy("factor", "Authenticator app"),
    "webauthn": pgettext_lazy("factor", "Passkey"),
    "recovery_codes": pgettext_lazy("factor", "Recovery codes"),
}
WAYS: dict[str, str | Promise] = {
    "password": pgettext_lazy("way in", "password"),
    "activation": pgettext_lazy("way in", "activation"),
    "card": pgettext_lazy("way in", "learning card"),
    "region": pgettext_lazy("way in", "the region's sign-in"),
    "session": pgettext_lazy("way in", "password"),
}
SCOPES: dict[str, str | Promise] = {
    "openid": pgettext_lazy("site learns", "that you are the same person as last time"),
    "profile": pgettext_lazy("site learns", "your name"),
    "school": pgettext_lazy("site learns", "your school or office and your role there"),
}


def factor_word(kind: str) -> str:
    """The factor's word."""
    return str(FACTORS.get(kind, kind))


def way_word(by: str) -> str:
    """How somebody came in, the second factor included."""
    first, _plus, second = by.partition("+")
    known = next((word for kind, word in FACTORS.items() if second and kind.startswith(second)), "")
    return f"{WAYS.get(first, first)} + {known}" if known else str(WAYS.get(first, first))
