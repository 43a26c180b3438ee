"""The reading bench's store and its readers."""

from __future__ import annotations

import random
import threading
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db import connections

from xingtan.domains.statements import api as statements
from xingtan.domains.statements.keys import ACTIVITY, AGENT, RELATED_ACTIVITY, VERB, identity, key_of
from xingtan.domains.statements.models import Mention, Statement
from xingtan.foundation.db import BEATS, insert_rows, writing
from xingtan.foundation.people.roles import OPERATOR
from xingtan.foundation.scope.models import Kind
from xingtan.foundation.scope.tree import add_children
from xingtan.rest.xapi.app import Xapi

EACH = 500
PROVIDERS = 3
COURSES = 2_000
FIRST = 1_700_000_000_000_000
STATEMENT = (
    "id",
    "statement_id",
    "provider_id",
    "credential_id",
    "teacher_id",
    "actor_key",
    "verb_key",
    "activity_key",
    "registration",
    "content",
)
VERBS = [f"http://adlnet.gov/expapi/verbs/{name}" for name in ("experienced", "completed", "answered", "progressed", "passed")]
Ask = Callable[[random.Random], dict[str, str]]


def agent(number: int) -> dict[str, Any]:
    """The number's teacher."""
    return statements.site_agent(f"t{number:011d}")


def course(number: int) -> str:
    """The number's activity."""
    return f"https://provider.example.cn/courses/{number}"


def _row(number: int, teachers: int, is_sqlite: bool) -> tuple[Any, ...]:  # noqa: FBT001 -- asked a million times
    pick = (number * 2_654_435_761) % 2**32
    teacher, activity, verb = pick % teachers, course(pick // 7 % COURSES), VERBS[pick % len(VERBS)]
    identifier = UUID(int=(7 << 76) | (2 << 62) | (number << 80) | pick)
    who = f'{{"objectType":"Agent","account":{{"homePage":"http://127.0.0.1:8000","name":"t{teacher:011d}"}}}}'
    content = (
        f'{{"id":"{identifier}","actor":{who},"verb":{{"id":"{verb}"}},"object":{{"id":"{activity}","definition":'
        f'{{"name":{{"zh-CN":"课堂提问的艺术，第 {number % 90} 讲"}}}}}},"result":{{"duration":"PT25M{number % 60}S","response":"{"答" * 150}"}},'
        f'"timestamp":"{statements.stamp(FIRST + number * 1000)}","stored":"{statements.stamp(FIRST + number * 1000)}","version":"1.0.0"}}'
    )
    keys = (key_of(AGENT, identity(agent(teacher)) or ""), key_of(VERB, verb), key_of(ACTIVITY, activity))
    shown = identifier.hex if is_sqlite else identifier
    return (FIRST + number * 1000, shown, 2 + teacher % PROVIDERS, 1, teacher, *keys, None, content)


def fill(stored: int) -> None:
    """The store holds so many statements, a mention for each, and is known to the planner."""
    is_sqlite = connections[BEATS].vendor == "sqlite"
    teachers = max(1, stored // EACH)
    for start in range(0, stored, 200_000):
        numbers = range(start, min(stored, start + 200_000))
        with writing(BEATS):
            insert_rows(Statement, STATEMENT, (_row(number, teachers, is_sqlite) for number in numbers))
            insert_rows(
                Mention, ("key", "seq"), ((key_of(RELATED_ACTIVITY, course(number % 50)), FIRST + number * 1000) for number in numbers)
            )
    with connections[BEATS].cursor() as cursor:
        cursor.execute("ANALYZE")


def _header() -> str:
    """A key of the provider that a third of the statements are of."""
    province = add_children(None, [{"kind": Kind.PROVINCE, "name": "江西省"}])[0]
    add_children(province, [{"kind": Kind.PROVIDER, "name": f"机构{one}"} for one in range(PROVIDERS)])
    given = statements.give_credential(actor=OPERATOR, provider_id=2, title="bench", rights=statements.Rights(), now=datetime.now(UTC))
    return "Basic " + b64encode(f"{given.credential.public_id}:{given.secret}".encode()).decode()


def figures(stored: int, seconds: float) -> Iterator[str]:
    """One line for each kind of question: p50 and p99 of one reader, and how many a second eight readers get."""
    header, app, teachers = _header(), Xapi(), max(1, stored // EACH)

    def own(chance: random.Random) -> dict[str, Any]:
        return agent(chance.randrange(teachers // PROVIDERS or 1) * PROVIDERS)

    questions: dict[str, Ask] = {
        "a teacher's last 100": lambda chance: {"agent": statements.dumped(own(chance)), "limit": "100"},
        "a teacher's last 100, related": lambda c: {"agent": statements.dumped(own(c)), "related_agents": "true", "limit": "100"},
        "a teacher and a verb": lambda c: {"agent": statements.dumped(own(c)), "verb": VERBS[1], "limit": "100"},
        "a course's last 100": lambda c: {"activity": course(c.randrange(COURSES)), "limit": "100"},
        "a course's last 100, related": lambda c: {"activity": course(c.randrange(50)), "related_activities": "true", "limit": "100"},
        "a verb's last 100": lambda c: {"verb": c.choice(VERBS), "limit": "100"},
        "a verb that nobody used": lambda _: {"verb": "http://adlnet.gov/expapi/verbs/voided", "limit": "100"},
        "the last 100": lambda _: {"limit": "100"},
        "since a moment, upwards": lambda c: {
            "since": statements.stamp(FIRST + c.randrange(stored) * 1000),
            "ascending": "true",
            "limit": "100",
        },
    }
    for name, question in questions.items():
        took, bytes_read = _alone(app, header, question, seconds)
        rate = _together(app, header, question, seconds)
        p50, p99 = (took[int(len(took) * part)] * 1000 for part in (0.5, 0.99))
        yield f"| {name} among {stored:,} | p50 {p50:.1f} ms, p99 {p99:.1f} ms | {rate:,.0f}/s by 8 readers | {bytes_read // 1024} KiB |"


def _alone(app: Xapi, header: str, question: Ask, seconds: float) -> tuple[list[float], int]:
    chance, took, size, until = random.Random(1), [], 0, time.monotonic() + seconds  # noqa: S311 -- which teacher is asked for next
    while time.monotonic() < until or len(took) < 20:
        began = time.perf_counter()
        size = _read(app, header, question(chance))
        took.append(time.perf_counter() - began)
    return sorted(took[2:]), size


def _together(app: Xapi, header: str, question: Ask, seconds: float) -> float:
    counts, until = [0] * 8, time.monotonic() + seconds

    def reader(place: int) -> None:
        chance = random.Random(place)  # noqa: S311 -- as above
        while time.monotonic() < until:
            _read(app, header, question(chance))
            counts[place] += 1
        connections.close_all()

    threads = [threading.Thread(target=reader, args=(place,)) for place in range(len(counts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / seconds


def _read(app: Xapi, header: str, query: dict[str, str]) -> int:
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": "/xapi/statements",
        "QUERY_STRING": urlencode(query),
        "HTTP_AUTHORIZATION": header,
        "HTTP_X_EXPERIENCE_API_VERSION": "1.0.3",
        "wsgi.input": BytesIO(),
    }
    told: list[str] = []
    body = b"".join(app(environ, lambda status, headers: told.append(status)))
    if told != ["200 OK"]:
        raise RuntimeError(body)
    return len(body)
