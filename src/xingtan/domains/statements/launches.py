"""Short-lived tokens of a launch: one teacher, one registration, one activity. Run-times of ours and cmi5's `fetch` give them out."""

from __future__ import annotations

from base64 import b64encode
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from django.conf import settings

from xingtan.domains.teachers import api as teachers

from .secrets import opened, signed
from .states import Sender

KIND = "launch"
LAUNCH_KEY = "launch"
MOST_LENGTH = 2_000


class LaunchRefused(ValueError):
    """The text is no token of ours, or its time is over."""


def site_agent(name: str) -> dict[str, object]:
    """An account of this site as an xAPI agent."""
    return {"objectType": "Agent", "account": {"homePage": settings.PUBLIC_URL, "name": name}}


def launch_token(teacher: teachers.Teacher, registration: UUID, activity: str, expires: datetime) -> str:
    """A token that may write and read only statements and documents of this teacher in this registration, until it expires."""
    return signed(KIND, [teacher.pk, teacher.public_id, str(registration), activity, int(expires.timestamp())])


def launch_password(token: str) -> str:
    """The token as cmi5's `auth-token`: what follows `Basic ` in the Authorization header."""
    return b64encode(f"{LAUNCH_KEY}:{token}".encode()).decode()


@lru_cache(maxsize=65_536)
def _checked(token: str) -> tuple[Sender, int]:
    teacher_id, public_id, registration, activity, expires_at = opened(KIND, token)
    sender = Sender(
        credential_id=0,
        provider_id=0,
        authority=site_agent("xingtan"),
        may_write=True,
        may_read=True,
        teacher_id=teacher_id,
        account_name=public_id,
        registration=UUID(registration),
        activity=activity,
    )
    return sender, expires_at


def sender_of_launch(token: str, now: float) -> tuple[Sender, int]:
    """Who speaks with this token, and until when (epoch seconds); raises `LaunchRefused`."""
    if len(token) > MOST_LENGTH:
        raise LaunchRefused("too long")
    try:
        sender, expires_at = _checked(token)
    except ValueError:
        raise LaunchRefused("not a token") from None
    if now > expires_at:
        raise LaunchRefused("its time is over")
    return sender, expires_at
