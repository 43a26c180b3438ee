"""Two servers' committers at once, presses that come several times, and offices that act in between."""

from __future__ import annotations

import io
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import connection

from tests import rushing
from tests.enrolling import teachers
from xingtan.domains.admissions import api as admissions
from xingtan.domains.admissions.models import Application
from xingtan.domains.quotas import api as quotas
from xingtan.domains.rush.recorder import Rush
from xingtan.domains.rush.tokens import write_token
from xingtan.foundation.people.roles import OPERATOR
from xingtan.foundation.refusal import Refused

pytestmark = pytest.mark.race


def press(rush, token, media_type="application/json"):
    body, told = json.dumps({"token": token}).encode(), []
    environ = {
        "REQUEST_METHOD": "POST", "CONTENT_LENGTH": str(len(body)), "CONTENT_TYPE": media_type, "wsgi.input": io.BytesIO(body),
    }  # fmt: skip
    said = b"".join(rush(environ, lambda status, headers: told.append((status[:3], dict(headers)))))
    return told[0], said


def all_at_once(acts):
    def run(act):
        try:
            return act()
        except Refused as refused:
            return refused.code
        finally:
            connection.close()

    with ThreadPoolExecutor(16) as pool:
        return list(pool.map(run, acts))


def test_two_committers_give_each_seat_once_in_the_order_of_their_numbers(own_database):
    cast = rushing.build(4)
    people = [one for school in (cast.school, cast.second) for one in teachers(school, 10)]
    both = [Rush(), Rush()]
    tokens = [write_token(rushing.claims(cast, one)) for one in people] * 2
    answers = all_at_once([lambda token=token, n=n: press(both[n % 2], token) for n, token in enumerate(tokens)])
    for rush in both:
        rush.committer.close()
    assert {status for (status, _headers), _said in answers} == {"200"}
    first, again = answers[: len(people)], answers[len(people) :]
    assert [json.loads(said)["state"] for _head, said in first] == [json.loads(said)["state"] for _head, said in again]
    rushing.check_order(cast)


def test_offices_act_in_between_and_no_seat_is_lost(own_database):
    cast = rushing.build(5)
    people, leaf = [cast.lin_teacher, *teachers(cast.school, 7)], cast.leaves[cast.school.pk]
    rush, now = Rush(), datetime.now(UTC)
    tokens = [write_token(rushing.claims(cast, one)) for one in people]
    acts = [lambda token=token: press(rush, token) for token in tokens]
    acts.insert(2, lambda: quotas.give_back(actor=OPERATOR, seats={leaf.pk: 1}, now=now) if quotas.free_of([leaf.pk])[leaf.pk] else 0)
    acts.insert(4, lambda: admissions.apply(actor=cast.lin, project_id=cast.rush.pk, own=admissions.Own(), now=datetime.now(UTC)))
    all_at_once(acts)
    rush.committer.close()
    assert Application.everywhere.filter(project=cast.rush, state__in=admissions.STANDING).count() == len(people)
    assert [fault for fault in quotas.check_quotas(cast.rush.pk) if "trail" not in fault] == []
    leaf.refresh_from_db()
    assert leaf.free == 0
    assert leaf.given == leaf.held
