"""Looks, unmaskings, exports."""

from __future__ import annotations

from django.db import models

from xingtan.foundation.db import public_id
from xingtan.foundation.scope.gate import Everywhere, Gate


class Look(models.Model):
    """That an account opened pages of another person's record, one row a day, viewer, role, office and kind of page.  pii: none (ids); kept: two years"""

    subject_id = models.BigIntegerField(help_text="the account of the person looked at")
    account_id = models.BigIntegerField(help_text="who looked")
    role = models.CharField(max_length=20)
    organisation = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    on = models.DateField(help_text="the local day")
    count = models.PositiveIntegerField(default=1)
    last_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject_id", "on", "account_id", "role", "organisation", "kind"], name="look_once_a_day"),
        ]
        indexes = [models.Index(fields=["on"], name="look_day")]


class Unmasking(models.Model):
    """That a whole number was shown, to whom and why.  pii: the reason; kept: ten years"""

    subject_id = models.BigIntegerField(db_index=True)
    account_id = models.BigIntegerField(null=True)
    role = models.CharField(max_length=20)
    organisation = models.ForeignKey("scope.Organisation", null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["account_id", "at"], name="unmasking_account_at")]


class Export(models.Model):
    """A file of personal rows that left the house, or what a program's token read of a list on a day: by whom, when, what, how many rows.  pii: none (the filter without what was searched for); kept: ten years"""

    owner = "organisation"

    number = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    account_id = models.BigIntegerField(null=True)
    role = models.CharField(max_length=20)
    organisation = models.ForeignKey("scope.Organisation", null=True, on_delete=models.PROTECT, related_name="+")
    page = models.CharField(max_length=80, help_text="the name of the address")
    name = models.CharField(max_length=200)
    filter = models.CharField(max_length=300, blank=True)
    rows = models.PositiveIntegerField(null=True, help_text="unknown for files that were made before")
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True, blank=True, help_text="of a file; a list that a program reads has none")
    at = models.DateTimeField(db_index=True)
    token_id = models.BigIntegerField(null=True, help_text="the API key that read the list")
    on = models.DateField(null=True, help_text="the local day on which it read")
    times = models.PositiveIntegerField(default=1, help_text="in how many answers")

    objects = Gate["Export"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [
            models.UniqueConstraint(
                fields=["token_id", "page", "on"], condition=models.Q(token_id__isnull=False), name="export_once_a_token_list_and_day"
            ),
        ]
