"""Sessions and tokens whose time is over go at night, and their visits end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.idp.oidc.models import Token
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from xingtan.foundation.entrance.models import Visit
from xingtan.foundation.entrance.sweeping import forget_over
from xingtan.foundation.entrance.visits import open_visit, visits_of

pytestmark = pytest.mark.django_db


def test_what_is_over_goes_and_what_is_not_stays(cast):
    now, account = timezone.now(), cast.accounts["lin"]
    for days in (-1, 1):
        session = SessionStore()
        session.set_expiry(now + timedelta(days=days))
        session.create()
        open_visit(account_id=account.pk, session_key=session.session_key, device="", place="", by="password", now=now)
        Token.objects.create(type="at", hash=f"h{days}", user=account, expires_at=now + timedelta(days=days))
    assert visits_of(account.pk, now=now).count() == 1
    assert forget_over(now) == 2
    assert Visit.objects.filter(ended_at=None).count() == 1
    assert Token.objects.get().hash == "h1"
