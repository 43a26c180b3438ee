"""The second factors' engine (django-allauth) as we run it: secrets sealed with our keys, our names, no mail."""

from __future__ import annotations

from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from django.utils.translation import gettext as _

from xingtan.foundation.people.models import Account

from .models import SEALED_BOX, Sealed


class MfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # -- allauth comes without types
    """A factor's secret stands in a table of its own, encrypted and bound to its column, so that keys can be rotated."""

    def encrypt(self, text: str) -> str:
        """The number of the row that now holds the secret."""
        return str(Sealed.objects.create(closed=SEALED_BOX.close(text)).pk)

    def decrypt(self, encrypted_text: str) -> str:
        """The secret of that row."""
        return SEALED_BOX.open(Sealed.objects.get(pk=int(encrypted_text)).closed)

    def get_totp_issuer(self) -> str:
        """What the authenticator app shows."""
        return str(_("Xingtan"))

    def get_totp_label(self, user: Account) -> str:
        """The sign-in name; an identity number would be read over a shoulder."""
        return user.name

    def get_public_key_credential_user_entity(self, user: Account) -> dict[str, Any]:
        """What a passkey keeps of the account: its public id and name."""
        return {"id": user.public_id.encode(), "name": user.name, "display_name": user.name}

    def _get_site_name(self) -> str:
        return str(_("Xingtan"))

    def send_notification_mail(self, *args: object, **kwargs: object) -> None:
        """Nothing: our accounts have no mail; the inbox is told by the acts themselves."""
