"""What the benches of statements send: statements of about a kilobyte, of twenty thousand teachers and two thousand units."""

from __future__ import annotations

import itertools
import uuid

TEACHERS, UNITS = 20_000, 2_000
TEMPLATE = """{"id":"%s","actor":{"objectType":"Agent","name":"林老师","account":{"homePage":"https://provider.example.cn","name":"t%08d"}},
"verb":{"id":"http://adlnet.gov/expapi/verbs/%s","display":{"en-US":"done","zh-CN":"完成"}},
"object":{"objectType":"Activity","id":"https://provider.example.cn/units/%d","definition":{"name":{"zh-CN":"课堂提问的艺术"},"type":"http://adlnet.gov/expapi/activities/lesson","extensions":{"https://provider.example.cn/ext/subject":"数学"}}},
"result":{"score":{"scaled":0.95,"raw":95,"min":0,"max":100},"success":true,"completion":true,"duration":"PT25M%dS"},
"context":{"registration":"%s","platform":"Provider LMS","language":"zh-CN","contextActivities":{"parent":[{"id":"https://provider.example.cn/courses/%d"}],
"grouping":[{"id":"https://provider.example.cn/projects/7"}],"category":[{"id":"https://w3id.org/xapi/cmi5/context/categories/moveon"}]}},
"timestamp":"2026-11-22T08:%02d:%02d.123+08:00"}"""
VERBS = ("completed", "experienced", "answered", "progressed")
NUMBERS = itertools.count()


def body(size: int) -> bytes:
    """So many new statements of about a kilobyte."""
    said = [_statement(next(NUMBERS)) for _ in range(size)]
    return ("[" + ",".join(said) + "]").encode()


def _statement(number: int) -> str:
    teacher, unit = number * 7919 % TEACHERS, number * 104_729 % UNITS
    registration = uuid.UUID(int=teacher * UNITS + unit)
    return TEMPLATE % (
        uuid.uuid4(),
        teacher,
        VERBS[number % 4],
        unit,
        number % 60,
        registration,
        unit // 12,
        number % 60,
        number // 60 % 60,
    )
