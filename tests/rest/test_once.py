"""A writing request is done once and answered as often as it is asked: whatever breaks, and whoever races."""

from __future__ import annotations

import threading

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections

from tests import calling, crediting
from xingtan.domains.credits.models import CreditEntry
from xingtan.domains.projects.models import Project
from xingtan.foundation.answers import once as answers
from xingtan.foundation.answers.models import KeptAnswer
from xingtan.foundation.jobs.models import Job
from xingtan.foundation.refusal import Refused

DAYS = {"opens_on": "2026-11-01", "closes_on": "2027-05-31"}
DRAFT = {"year": 2026, "title": "暑期研修", "tier": "province", "kind": "all_staff", **DAYS}


def drafts():
    return Project.everywhere.filter(title=DRAFT["title"]).count()


def test_without_a_key_nothing_is_written(cast, call):
    for key in ("", "k" * 81):
        answer = call(cast.mei).post("/projects", DRAFT, key=key)
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["loc"] == ["header", "Idempotency-Key"]
    assert drafts() == 0


def test_the_same_key_and_content_is_answered_as_the_first_time(cast, call):
    caller = call(cast.mei)
    first = caller.post("/projects", DRAFT, key="one")
    again = caller.post("/projects", dict(reversed(DRAFT.items())), key="one")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content
    assert ("Idempotency-Replayed" in first, again["Idempotency-Replayed"]) == (False, "true")
    assert drafts() == 1


def test_the_same_key_with_other_content_or_address_is_refused(cast, call):
    caller = call(cast.mei)
    made = caller.post("/projects", DRAFT, key="one").json()
    for path, body in (("/projects", {**DRAFT, "title": "别的"}), (f"/projects/{made['id']}/publication", None)):
        answer = caller.post(path, body, key="one")
        assert (answer.status_code, answer.json()["type"]) == (409, "urn:xingtan:refusal:idempotency_key_reused")
    assert call(cast.zhou).post("/projects", {**DRAFT, "tier": "county"}, key="one").status_code == 201


def test_a_refusal_leaves_the_key_free(cast, call):
    caller = call(cast.mei)
    path = f"/projects/{caller.post('/projects', DRAFT).json()['id']}/publication"
    assert caller.post(path, key="p").status_code == 409
    assert not KeptAnswer.objects.filter(key="p").exists()
    offer = {"kind": "workshop", "component": "workshop", "hours_centi": 2200, "title": "工作坊"}
    assert caller.post(path.replace("publication", "offers"), offer).status_code == 201
    answer = caller.post(path, key="p")
    assert (answer.status_code, answer.json()["state"]) == (200, "published")


def test_what_breaks_before_the_answer_is_kept_leaves_neither_act_nor_key(cast, call, monkeypatch):
    class Crash(Exception):
        pass

    def crash(self, *args, **kwargs):
        raise Crash

    caller = call(cast.mei)
    with monkeypatch.context() as broken:
        broken.setattr(KeptAnswer, "save", crash)
        answer = caller.post("/projects", DRAFT, key="one")
    assert (answer.status_code, answer.json()["type"]) == (500, "urn:xingtan:problem:fault")
    assert (drafts(), KeptAnswer.objects.count()) == (0, 0)
    assert caller.post("/projects", DRAFT, key="one").status_code == 201


def test_a_file_is_the_same_by_its_content_whatever_the_boundary(cast, call):
    caller = call(cast.chen)

    def hand_in(content):
        return caller.hand_in("/roster-imports", {"file": SimpleUploadedFile("r.csv", content), "good_only": "true"}, key="r")

    first, again, other = hand_in(b"a,b\n1,2\n"), hand_in(b"a,b\n1,2\n"), hand_in(b"a,b\n1,3\n")
    assert (first.status_code, again.status_code, other.status_code) == (202, 202, 409)
    assert first.json() == again.json()
    assert Job.everywhere.filter(params={"good_only": True}).count() == 1


def test_a_kept_answer_is_forgotten_after_its_time(cast, call, now, monkeypatch):
    grant = answers.KeptAnswer.grant.field.related_model.objects.first()
    for days in (0, 31):
        said = answers.once(grant.pk, "k", f"d{days}", lambda: answers.Answer(200, "{}"), now=now + days * answers.KEPT_FOR / 30)
        assert not said.is_again
    with pytest.raises(Refused):
        answers.once(grant.pk, "k", "other", lambda: answers.Answer(200, "{}"), now=now + 32 * answers.KEPT_FOR / 30)


def test_answers_to_writing_name_nobody(cast):
    from xingtan.rest.v1.api import api  # noqa: PLC0415 -- built after the settings

    schemas = api.get_openapi_schema()["components"]["schemas"]
    people = {"TeacherRef", "TeacherOut", "MeOut"}
    for methods in api.get_openapi_schema()["paths"].values():
        for status, answer in methods.get("post", {"responses": {}})["responses"].items():
            if status < 300:
                assert not people & named_in(answer["content"]["application/json"]["schema"], schemas)


def named_in(schema, schemas):
    """The names of all schemas that this one is made of."""
    found, waiting = set(), [schema]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting += one
        if isinstance(one, dict):
            name = str(one.get("$ref", "")).rpartition("/")[2]
            if name and name not in found:
                found.add(name)
                waiting.append(schemas[name])
            waiting += one.values()
    return found


def test_two_at_once_with_one_key_do_it_once(own_database, now):
    cast = crediting.build()
    crediting.delivered(cast, [cast.lin_teacher], 3 * 3600)
    token = calling.token_of(cast.ming, now=now)
    start, said = threading.Barrier(2), []

    def enter():
        caller = calling.Caller()
        caller.headers["Authorization"] = f"Bearer {token}"
        start.wait()
        said.append(caller.post("/entries", {"year": 2026}, key="race"))
        for connection in connections.all():
            connection.close()

    threads = [threading.Thread(target=enter) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert [one.status_code for one in said] == [201, 201]
    assert said[0].content == said[1].content
    assert sorted("Idempotency-Replayed" in one for one in said) == [False, True]
    assert CreditEntry.everywhere.filter(teacher=cast.lin_teacher).count() == 1
