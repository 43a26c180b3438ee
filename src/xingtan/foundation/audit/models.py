"""The audit log's table."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models

from xingtan.foundation.ledger.digests import moment
from xingtan.foundation.ledger.models import LedgerLine


class AuditLine(LedgerLine):
    """One administrative act or refusal: who, in which role and branch, what, on which rows.  pii: none (surrogate ids only); kept: ten years"""

    at = models.DateTimeField(db_index=True)
    account_id = models.BigIntegerField(null=True, db_index=True)
    role = models.CharField(max_length=20)
    organisation_id = models.BigIntegerField(null=True, db_index=True)
    act = models.CharField(max_length=60, db_index=True)
    subject = models.CharField(max_length=40)
    subject_ids = models.JSONField(default=list)
    count = models.PositiveIntegerField()
    detail = models.JSONField(default=dict)

    def content(self) -> Mapping[str, object]:
        """Everything the line says."""
        return {
            "source": self.source,
            "at": moment(self.at),
            "account": self.account_id,
            "role": self.role,
            "organisation": self.organisation_id,
            "act": self.act,
            "subject": self.subject,
            "ids": self.subject_ids,
            "count": self.count,
            "detail": self.detail,
        }
