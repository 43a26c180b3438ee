"""Statements as they were issued, and the runs that issued them together."""

from __future__ import annotations

from django.db import models

from xingtan.foundation.db import public_id
from xingtan.foundation.ledger.digests import moment
from xingtan.foundation.scope.gate import Everywhere, Gate

from .states import Finding


class StatementRun(models.Model):
    """Statements issued together for one day and moment, under one Merkle root that a key outside the database signed.  pii: none; kept: forever"""

    owner = "organisation"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    organisation = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    account_id = models.BigIntegerField(null=True)
    on = models.DateField(help_text="the day that was asked for")
    known_at = models.DateTimeField(help_text="what was known by this moment counts")
    issued_at = models.DateTimeField()
    statement_count = models.PositiveIntegerField()
    counts = models.JSONField(default=dict, help_text="people per finding")
    in_force = models.JSONField(default=list, help_text="each consequence that is in force for somebody: code, zh, en, people")
    root = models.CharField(max_length=64)
    signature = models.CharField(max_length=120)

    objects = Gate["StatementRun"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        indexes = [models.Index(fields=["organisation", "issued_at"], name="statement_run_issued")]

    def message(self) -> bytes:
        """What the signature covers."""
        return f"xingtan eligibility statements\n{self.root}\n{self.statement_count}\n{moment(self.issued_at)}".encode()


class Statement(models.Model):
    """What one person's years allowed on a day, frozen with the facts that it was made of; never changed.  pii: name and masked number inside `frozen`; kept: forever"""

    owner = "school"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    run = models.ForeignKey(StatementRun, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(
        max_length=24, unique=True, help_text="XE-2026-0803-0000018: year of issue, county, serial with its check digit"
    )
    check_code = models.CharField(max_length=9, unique=True)
    teacher = models.ForeignKey("teachers.Teacher", on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    finding = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Finding])
    in_force = models.CharField(max_length=600, blank=True, help_text="codes of the consequences in force, each between blanks")
    frozen = models.JSONField()
    digest = models.CharField(max_length=64)
    path = models.JSONField(help_text="the neighbours up to the run's root, each `l` or `r` and its digest")

    objects = Gate["Statement"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [models.UniqueConstraint(fields=["run", "teacher"], name="statement_once_a_run")]
        indexes = [
            models.Index(fields=["run", "finding"], name="statement_run_finding"),
            models.Index(fields=["teacher", "run"], name="statement_teacher"),
        ]
