"""Documents handed in with a form: one input for each kind that the pack names, checked by their content as they are kept."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from xingtan.core.policy import Policy, Way
from xingtan.domains.recognition import api as door
from xingtan.foundation.files.models import StoredFile
from xingtan.foundation.files.store import keep_file
from xingtan.web.http import Request

KIND = "recognition"
TYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
ACCEPT = ".pdf,.png,.jpg,.jpeg,.xlsx"
MOST_FILES = 12


def inputs(policy: Policy, way: Way) -> list[tuple[str, str, bool]]:
    """For each kind of document: the input's name, its label, whether it is required."""
    return [(f"proof-{one.code}", door.proof_word(policy, way.code, one.code), one.is_required) for one in way.proofs]


def kept(request: Request, codes: Iterable[str]) -> list[tuple[str, StoredFile]]:
    """The files that came under these codes, kept; a `ValidationError` names the first that is no PDF, picture or workbook."""
    found: list[tuple[str, UploadedFile[Any]]] = []
    for code in codes:
        found += [(code, one) for one in request.FILES.getlist(f"proof-{code}")]
    for _code, sent in found[:MOST_FILES]:
        if _ending(sent) not in TYPES:
            raise forms.ValidationError(_("%(name)s: hand in PDF, PNG, JPEG or XLSX files.") % {"name": sent.name})
    return [(code, _keep(request, sent)) for code, sent in found[:MOST_FILES]]


def _ending(sent: UploadedFile[Any]) -> str:
    return str(sent.name).lower().rpartition(".")[2]


def _keep(request: Request, sent: UploadedFile[Any]) -> StoredFile:
    media_type = TYPES[_ending(sent)]
    return keep_file(sent.chunks(), kind=KIND, name=str(sent.name), media_type=media_type, actor=request.actor, now=request.now)
