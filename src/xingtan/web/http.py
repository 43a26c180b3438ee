"""The request as our views see it: with an actor and the time it arrived."""

from __future__ import annotations

from datetime import date, datetime

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from xingtan.foundation.people.models import Account, Grant
from xingtan.foundation.people.roles import Actor


class Request(HttpRequest):
    """A request after our middleware: who acts, when it arrived (UTC), the local day then, and for whom."""

    actor: Actor
    now: datetime
    today: date
    htmx: HtmxDetails
    request_id: str
    acted_for: str
    refusal: str
    entered: Account
    grants: list[Grant]
