"""Certificates of a cycle, their pages of a year, and the runs that issued them."""

from __future__ import annotations

from django.db import models

from xingtan.foundation.db import public_id
from xingtan.foundation.ledger.digests import moment
from xingtan.foundation.scope.gate import Everywhere, Gate

from .states import PageState, RevokeReason


class Certificate(models.Model):
    """A teacher's e-certificate of a cycle; the years stand on its pages.  pii: none (the pages hold the name); kept: forever"""

    owner = "school"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    number = models.CharField(max_length=24, unique=True, help_text="XT-2021-0803-000012: cycle, county, serial with its check digit")
    teacher = models.ForeignKey("teachers.Teacher", on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    cycle_first = models.PositiveSmallIntegerField()
    cycle_last = models.PositiveSmallIntegerField()
    issued_at = models.DateTimeField()
    joined_into = models.ForeignKey(
        "self",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="the person's one certificate, where two records became one",
    )
    joined_at = models.DateTimeField(null=True)

    objects = Gate["Certificate"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [
            models.UniqueConstraint(fields=["teacher", "cycle_first"], name="certificate_once_a_cycle"),
            models.CheckConstraint(
                condition=models.Q(joined_into=None, joined_at=None) | models.Q(joined_into__isnull=False, joined_at__isnull=False),
                name="certificate_joined_has_time",
            ),
        ]
        indexes = [models.Index(fields=["school", "cycle_first"], name="certificate_school_cycle")]


class IssueRun(models.Model):
    """Pages issued together under one Merkle root, signed with a key outside the database.  pii: none; kept: forever"""

    root = models.CharField(max_length=64)
    signature = models.CharField(max_length=120)
    page_count = models.PositiveIntegerField()
    issued_at = models.DateTimeField()

    def message(self) -> bytes:
        """What the signature covers."""
        return f"xingtan certificate pages\n{self.root}\n{self.page_count}\n{moment(self.issued_at)}".encode()


class CertificatePage(models.Model):
    """One year on a certificate, with the data frozen as issued.  pii: name and masked number inside `frozen`; kept: forever"""

    owner = "certificate__school"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="+")
    training_year = models.ForeignKey("policies.TrainingYear", on_delete=models.PROTECT, related_name="+")
    determination = models.ForeignKey("determination.Determination", on_delete=models.PROTECT, related_name="+")
    run = models.ForeignKey(IssueRun, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField(default=1)
    check_code = models.CharField(max_length=9, unique=True)
    frozen = models.JSONField()
    digest = models.CharField(max_length=64)
    path = models.JSONField(help_text="the neighbours up to the run's root, each `l` or `r` and its digest")
    state = models.CharField(max_length=12, choices=[(s.value, s.value) for s in PageState], default=PageState.VALID.value)
    issued_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=20, blank=True, choices=[(r.value, r.value) for r in RevokeReason])
    end_words = models.CharField(max_length=200, blank=True)
    ended_by_id = models.BigIntegerField(null=True)
    ended_in = models.ForeignKey("scope.Organisation", null=True, on_delete=models.PROTECT, related_name="+")
    pdf = models.ForeignKey("files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")

    objects = Gate["CertificatePage"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [
            models.UniqueConstraint(
                fields=["certificate", "training_year"], condition=models.Q(state="valid"), name="certificate_page_one_valid"
            ),
            models.UniqueConstraint(fields=["certificate", "training_year", "version"], name="certificate_page_version_once"),
            models.CheckConstraint(
                condition=models.Q(state="valid", ended_at=None) | (~models.Q(state="valid") & models.Q(ended_at__isnull=False)),
                name="certificate_page_ended_has_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="revoked") | ~models.Q(end_reason=""), name="certificate_page_revoked_has_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["training_year", "state"], name="certificate_page_year_state"),
        ]
