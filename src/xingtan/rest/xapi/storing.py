"""POST and PUT of statements (part three, 2.1.1 and 2.1.2): answered after the commit that holds them."""

from __future__ import annotations

import json

from xingtan.domains.statements.api import MOST_BODY, NotTaken, Received, receive
from xingtan.foundation.recording import NotKept

from .answers import EMPTY, MEDIA_JSON, Answer, Problem
from .requests import Request

# What is wrong where the body has no place of its own for it.
WRONG = {"content_type": "Content-Type", "multipart": "parts"}
PARAMETERS = {"PUT": frozenset({"statementId"}), "POST": frozenset[str]()}


def store(request: Request) -> Answer:
    """200 with the ids for POST, 204 for PUT; a `Problem` says why nothing was stored."""
    for name in request.query.keys() - PARAMETERS[request.method]:
        raise Problem(400, name[:100] or "query", f"{request.method} of statements has no parameter of this name.")
    content_type = request.header("Content-Type")
    body = request.body(MOST_BODY)
    given = Received(request.sender, request.version, request.method, request.query.get("statementId"), content_type, body)
    try:
        accepted = receive(given)
    except NotTaken as refused:
        raise Problem(refused.status, refused.path or WRONG.get(refused.code, ""), refused.detail, code=refused.code) from None
    except NotKept:
        raise Problem(503, "", "Not kept now: keep it and send it again.", headers=(("Retry-After", "5"),)) from None
    return EMPTY if accepted.status == EMPTY.status else Answer(accepted.status, json.dumps(accepted.ids).encode(), MEDIA_JSON)
