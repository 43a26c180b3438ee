"""The pages of study: what is shown, what is locked, who gets a unit's files."""

from __future__ import annotations

import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import studying
from tests.enrolling import LATER, actor_of, teachers
from xingtan.domains.learning.models import UnitProgress
from xingtan.domains.learning.tokens import read_token
from xingtan.foundation.files.store import path_of
from xingtan.foundation.people.models import Account
from xingtan.foundation.people.roles import Role

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture(autouse=True)
def in_the_study_window(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)


def browser_of(actor):
    client = Client()
    client.force_login(Account.objects.get(pk=actor.account_id))
    return client


@pytest.fixture
def cast():
    return studying.build()


@pytest.fixture
def lin(cast):
    return browser_of(cast.lin)


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_the_list_shows_every_unit_and_what_is_left(cast, lin):
    film = cast.units[0]
    UnitProgress.objects.create(teacher_id=cast.lin_teacher.pk, unit_id=film.pk, length_s=24, learned_s=10, covered=[[0, 10]], changed_at=1)
    page = lin.get("/my/study/").content.decode()
    assert all(unit.title in page for unit in cast.units)
    assert "0:14" in page
    assert "<progress" in page


def test_a_player_gets_a_token_of_its_own_teacher_and_unit(cast, lin):
    page = lin.get(f"/my/study/{cast.units[0].public_id}/").content.decode()
    data = json.loads(re.search(r'<script id="player" type="application/json">(.*?)</script>', page).group(1))
    claims = read_token(data["token"], int(LATER.timestamp()))
    assert (claims.teacher_id, claims.unit_id, claims.length_s) == (cast.lin_teacher.pk, cast.units[0].pk, 24)
    assert data["interval_s"] == 2
    assert "style=" not in page
    assert not re.search(r"<script(?![^>]*(src=|application/json))", page)


def test_a_document_is_read_page_by_page(cast, lin):
    page = lin.get(f"/my/study/{cast.units[1].public_id}/").content.decode()
    data = json.loads(re.search(r'<script id="player" type="application/json">(.*?)</script>', page).group(1))
    assert data["pages"] == [10, 10]
    assert body(lin.get(data["media"])).startswith(b"%PDF")


def test_a_locked_course_says_why_and_what_to_do():
    cast = studying.build(registered=False)
    lin = browser_of(cast.lin)
    assert "x-note-wait" in lin.get("/my/study/").content.decode()
    locked = lin.get(f"/my/study/{cast.units[0].public_id}/")
    assert locked.status_code == 409
    assert "x-note-wait" in locked.content.decode()
    assert lin.get(f"/my/media/{cast.units[0].public_id}/video.mp4").status_code == 409


def test_a_teacher_who_did_not_choose_the_course_finds_nothing(cast):
    (other,) = teachers(cast.second, 1)
    stranger = browser_of(actor_of(Role.TEACHER, cast.second, other))
    assert stranger.get(f"/my/study/{cast.units[0].public_id}/").status_code == 404
    assert stranger.get(f"/my/media/{cast.units[0].public_id}/video.mp4").status_code == 404
    assert "x-empty" in stranger.get("/my/study/").content.decode()


def test_other_roles_and_visitors_are_kept_out(cast):
    address = f"/my/media/{cast.units[0].public_id}/video.mp4"
    assert browser_of(cast.chen).get(address).status_code == 403
    assert Client().get(address).status_code == 302


@pytest.mark.parametrize(
    ("asked", "status", "told", "part"),
    [
        ("bytes=0-99", 206, "bytes 0-99/{size}", slice(0, 100)),
        ("bytes=100-", 206, "bytes 100-{last}/{size}", slice(100, None)),
        ("bytes=-50", 206, "bytes {tail}-{last}/{size}", slice(-50, None)),
        ("bytes=0-99999999999", 206, "bytes 0-{last}/{size}", slice(0, None)),
        ("bytes=99999999999-", 416, "bytes */{size}", slice(0, 0)),
        ("bytes=-", 200, None, slice(None)),
        ("lines=1-2", 200, None, slice(None)),
        ("bytes=0-1,5-6", 200, None, slice(None)),
    ],
)
def test_a_film_is_answered_in_parts(cast, lin, asked, status, told, part):
    film = cast.units[0]
    content = path_of(film.file).read_bytes()
    response = lin.get(f"/my/media/{film.public_id}/video.mp4", headers={"Range": asked})
    size = len(content)
    assert response.status_code == status
    assert response.get("Content-Range") == (told.format(size=size, last=size - 1, tail=size - 50) if told else None)
    assert body(response) == content[part]
    assert response["Accept-Ranges"] == "bytes"


@pytest.mark.parametrize(
    ("place", "name"), [(0, "document.pdf"), (0, "other.mp4"), (1, "video.mp4"), (1, "captions.zh.vtt"), (3, "video.mp4")]
)
def test_a_file_that_the_unit_does_not_have_is_not_there(cast, lin, place, name):
    assert lin.get(f"/my/media/{cast.units[place].public_id}/{name}").status_code == 404


def test_captions_are_there_in_both_languages(cast, lin):
    for language in ("zh", "en"):
        response = lin.get(f"/my/media/{cast.units[0].public_id}/captions.{language}.vtt")
        assert body(response).startswith(b"WEBVTT")
        assert response["Content-Type"] == "text/vtt"


def test_the_list_asks_the_database_no_more_for_more_units(cast, lin):
    lin.get("/my/study/")
    with CaptureQueriesContext(connection) as few:
        lin.get("/my/study/")
    for place in range(6, 26):
        unit = cast.units[3]
        unit.pk, unit.public_id, unit.place = None, f"copy{place:08}", place
        unit.save(force_insert=True)
    with CaptureQueriesContext(connection) as many:
        lin.get("/my/study/")
    assert len(many) == len(few) <= 28
