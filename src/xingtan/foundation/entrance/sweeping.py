"""What is over by itself: sessions that nobody used any more, tokens whose time has ended."""

from __future__ import annotations

from datetime import datetime

from allauth.idp.oidc.models import Token
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef

from xingtan.foundation.db import atomic

from .models import Visit


@atomic
def forget_over(now: datetime) -> int:
    """Sessions and tokens that opened nothing any more are gone, and their visits ended; returns how many rows went."""
    tokens, _kinds = Token.objects.filter(expires_at__lt=now).delete()
    sessions, _kinds = Session.objects.filter(expire_date__lt=now).delete()
    alive = Session.objects.filter(session_key=OuterRef("session_key"))
    Visit.objects.filter(~Exists(alive), ended_at=None).update(ended_at=now)
    return int(tokens + sessions)
