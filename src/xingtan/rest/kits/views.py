"""`POST /kits/sync/`: a parcel of a kit. The kit's own signature is the right to deliver; there is no session."""

from __future__ import annotations

import json

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from xingtan.domains.kits import api as kits
from xingtan.foundation.refusal import Refused

MOST_BYTES = 8 * 1024 * 1024


@csrf_exempt
@require_POST
def sync(request: HttpRequest) -> JsonResponse:
    """What of the parcel was new, and the signed acknowledgement; 400 for a parcel that broke off, 409 with a code for one that is not believed."""
    told_length = request.headers.get("Content-Length", "")
    length = int(told_length) if told_length.isascii() and told_length.isdigit() else 0
    if length > MOST_BYTES:
        return JsonResponse({"code": "kit_parcel_too_big"}, status=413)
    body = request.read(MOST_BYTES)
    try:
        told = json.loads(body) if len(body) == length else None
    except ValueError:
        told = None
    if not isinstance(told, dict):
        return JsonResponse({"code": "kit_parcel_unreadable"}, status=400)
    try:
        got = kits.receive(told, how=kits.How.LINE, now=timezone.now())
    except Refused as refused:
        return JsonResponse({"code": refused.code}, status=409)
    return JsonResponse({"new": got.new, "known": got.known, "acknowledgement": got.acknowledgement})
