"""What stands here against merging two records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from xingtan.domains.teachers.api import Weighed
from xingtan.foundation.refusal import Refused

from .models import SecondPost, Transfer
from .states import TransferState


def look_at_merge(merged: Sequence[int], into: Sequence[int]) -> Iterator[Weighed]:
    """Second posts of both; a transfer that waits is finished first."""
    ours, theirs = (str(SecondPost.everywhere.filter(teacher_id__in=ids).count()) for ids in (merged, into))
    waits = Transfer.objects.filter(teacher_id__in=[*merged, *into], state=TransferState.WAITING).exists()
    yield Weighed(_("Second posts"), ours, theirs, Refused("merge_transfer_waits") if waits else None)
