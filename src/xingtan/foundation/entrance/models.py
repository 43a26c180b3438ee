"""What the entrance keeps: secrets of second factors, where accounts are signed in, requests for recovery, names for other sites."""

from __future__ import annotations

from enum import StrEnum

from django.db import models

from xingtan.foundation.db import public_id
from xingtan.foundation.keys import open_box

SEALED_BOX = open_box("entrance.sealed")
RECOVERY_BOX = open_box("entrance.recovery")


class Sealed(models.Model):
    """A secret of a second factor; its row's number stands in the factor's data.  pii: encrypted secret; kept: as long as the factor"""

    closed = models.CharField(max_length=400)


class Visit(models.Model):
    """An account that is signed in in one browser.  pii: browser and coarse network address; kept: half a year after its end"""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    account = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    session_key = models.CharField(max_length=40, unique=True)
    device = models.CharField(max_length=60)
    place = models.CharField(max_length=60)
    by = models.CharField(max_length=20)
    since_at = models.DateTimeField()
    used_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["account", "ended_at"], name="visit_account")]


class Asked(StrEnum):
    """How far a request to come in again has got."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    USED = "used"
    DECLINED = "declined"
    UNKNOWN = "unknown"


class Recovery(models.Model):
    """A request to come in again; one for a name that nobody has is kept as well, so that both cost the same.  pii: coarse address, encrypted code; kept: one year"""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    account = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=[(state.value, state.value) for state in Asked])
    asked_at = models.DateTimeField()
    place = models.CharField(max_length=60)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    code_closed = models.CharField(max_length=120, blank=True)
    ends_at = models.DateTimeField(null=True)
    without_factor = models.BooleanField(default=False)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=models.Q(state__in=["waiting", "confirmed"]), name="recovery_one_open_per_account"
            ),
            models.CheckConstraint(
                condition=models.Q(state="unknown", account=None) | (~models.Q(state="unknown") & models.Q(account__isnull=False)),
                name="recovery_unknown_has_no_account",
            ),
        ]


class Pseudonym(models.Model):
    """The name under which one other site knows an account; another site knows it by another name.  pii: none; kept: as long as the site is connected"""

    site = models.CharField(max_length=100)
    account = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    sub = models.CharField(max_length=32, unique=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "account"], name="pseudonym_once_a_site")]


# Table, column, box and which rows: what `xingtan rotate-keys` closes anew.
CLOSED_COLUMNS: tuple[tuple[type[models.Model], str, object, models.Q], ...] = (
    (Sealed, "closed", SEALED_BOX, models.Q()),
    (Recovery, "code_closed", RECOVERY_BOX, models.Q()),
)
