"""The request as endpoints see it."""

from __future__ import annotations

from datetime import date, datetime

from django.http import HttpRequest

from xingtan.foundation.people.roles import Actor


class Request(HttpRequest):
    """A request whose token was read: who acts, with which grant, and when it arrived (UTC and the local day)."""

    actor: Actor
    grant_id: int
    token_id: int
    now: datetime
    today: date
    request_id: str
