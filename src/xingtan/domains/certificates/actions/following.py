"""What becomes of certificates when a verdict of a closed year is corrected."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from xingtan.domains.certificates.models import CertificatePage
from xingtan.domains.certificates.states import PageState, RevokeReason
from xingtan.foundation.people.roles import OPERATOR

from .issuing import issue
from .revoking import revoke

# The holder reads these words, in Chinese like every message to a teacher.
WORDS = "该学年结论已依程序更正"


def follow_corrections(payload: Mapping[str, Any], now: datetime) -> None:
    """`closing.corrected`: a verdict that earns a page has one in place of the old; where it earns none any more, the old page is revoked."""
    issue(payload["determinations"], now=now)
    left = CertificatePage.everywhere.filter(determination_id__among=payload["superseded"], state=PageState.VALID)
    for page_id in left.order_by("pk").values_list("pk", flat=True):
        revoke(actor=OPERATOR, page_id=page_id, reason=RevokeReason.OTHER.value, words=WORDS, now=now)
