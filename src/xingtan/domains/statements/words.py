"""Refusal sentences and labels of the learning record store."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSALS: dict[str, str | Promise] = {
    "credential_revoked": _("This key was revoked. Make a new one."),
    "credential_without_rights": _("A key needs at least one right."),
    "credential_expired_already": _("The day on which the key ends must lie ahead."),
    "credential_origin_unclear": _("An origin is written as a browser sends it: https://learn.example.org, at most twenty, a line each."),
}
RIGHTS: dict[str, str | Promise] = {
    "may_write": _("Write statements"),
    "may_read": _("Read what it wrote"),
    "may_read_projects": _("Read all of its projects"),
    "may_keep_documents": _("Keep documents"),
}
