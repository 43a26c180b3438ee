"""OneRoster over REST: what a key sees, page by page, filtered and sorted; and how the service says no."""

from __future__ import annotations

import re
from base64 import b64encode
from datetime import timedelta

import pytest
from django.test import Client

from tests.calling import token_of
from tests.enrolling import LATER, NOW, Role, actor_of, build, choose, teachers
from xingtan.core.oneroster import whole_name
from xingtan.domains.enrolment import api as enrolment
from xingtan.domains.teachers.models import Teacher
from xingtan.foundation.disclosures.models import Export
from xingtan.foundation.people.tokens import revoke_token, tokens_of

BASE = "/ims/oneroster/rostering/v1p2"
SCOPE = "https://purl.imsglobal.org/spec/or/v1p2/scope/"


class System:
    """A system beside ours that holds this key."""

    def __init__(self, key=""):
        self.client = Client(raise_request_exception=False)
        self.headers = {"Authorization": f"Bearer {key}"} if key else {}

    def get(self, path, **query):
        return self.client.get(BASE + path, query, headers=self.headers)

    def ids(self, path, **query):
        (rows,) = self.get(path, **query).json().values()
        return [row["sourcedId"] for row in rows]


@pytest.fixture
def clock(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)


@pytest.fixture
def cast(db, clock):
    cast = build()
    cast.more = teachers(cast.second, 3)
    cast.others = teachers(cast.elsewhere, 2)
    selection = choose(cast, cast.lin, "A", "own")
    enrolment.confirm(actor=cast.chen, selection_ids=[selection.pk], now=NOW)
    return cast


def system_of(actor):
    return System(token_of(actor, now=LATER))


@pytest.fixture
def county(cast):
    return system_of(cast.zhou)


def everyone(*schools):
    return set(Teacher.everywhere.filter(school__in=schools).values_list("public_id", flat=True))


def test_an_office_sees_its_branch_and_nothing_else(cast, county):
    assert set(county.ids("/teachers")) == everyone(cast.school, cast.second)
    assert set(county.ids("/schools")) == {cast.school.public_id, cast.second.public_id}
    stranger = cast.others[0].public_id
    for path in (f"/users/{stranger}", f"/teachers/{stranger}", "/users/nobody", f"/schools/{cast.elsewhere.public_id}/teachers"):
        answer = county.get(path)
        assert answer.status_code == 404
        assert answer.json()["imsx_CodeMinor"]["imsx_codeMinorField"][0]["imsx_codeMinorFieldValue"] == "unknownobject"


def test_a_provider_sees_who_studies_with_it_and_where(cast):
    provider = system_of(actor_of(Role.PROVIDER_STAFF, cast.provider))
    assert provider.ids("/users") == [cast.lin_teacher.public_id]
    assert set(provider.ids("/orgs")) == {cast.school.public_id, cast.provider.public_id}
    (enrollment,) = [
        one for one in provider.get("/enrollments").json()["enrollments"] if one["class"]["sourcedId"] == cast.offers["A"].public_id
    ]
    assert enrollment["user"]["sourcedId"] == cast.lin_teacher.public_id
    assert enrollment["role"] == "student"
    assert cast.offers["A"].public_id in provider.ids("/classes")
    assert provider.ids(f"/classes/{cast.offers['A'].public_id}/enrollments") == [enrollment["sourcedId"]]


def test_a_teacher_is_told_with_post_and_facts_and_without_a_number(cast, county):
    (told,) = county.get(f"/users/{cast.lin_teacher.public_id}").json().values()
    assert told["roles"][0]["org"]["sourcedId"] == cast.school.public_id
    assert told["metadata"]["xingtan.stage"] == "primary"
    assert told["enabledUser"] == "true"
    assert whole_name(told["familyName"], told["givenName"]) == cast.lin_teacher.name
    assert not re.search(r"number|phone|birth", str(told))


def test_what_is_told_of_people_is_an_export_on_record_and_kept_by_no_cache(cast, county):
    answer = county.get("/teachers", limit=2, filter="status='active'")
    assert answer["Cache-Control"] == "private, no-store"
    told = Export.everywhere.get()
    assert (told.account_id, told.rows, told.size) == (cast.zhou.account_id, 2, len(answer.content))
    county.get("/schools")
    county.get("/teachers", filter="identifier='nobody'")
    assert Export.everywhere.count() == 1


def test_pages_follow_their_links(cast, county):
    seen, path = [], "/teachers?limit=3"
    while path:
        answer = county.get(path)
        assert answer["X-Total-Count"] == "4"
        seen += [one["sourcedId"] for one in answer.json()["users"]]
        following = re.search(r'<[^>]*(/teachers\?[^>]*)>; rel="next"', answer["Link"])
        path = following and following[1]
    assert len(seen) == 4
    assert set(seen) == everyone(cast.school, cast.second)


def test_lists_are_filtered_sorted_and_cut_to_fields(cast, county):
    Teacher.everywhere.filter(pk=cast.more[0].pk).update(staff_number="JX9", status="left")
    assert county.ids("/users", filter="identifier='JX9'") == [cast.more[0].public_id]
    assert county.ids("/users", filter="status='tobedeleted' AND identifier='JX9'") == [cast.more[0].public_id]
    assert len(county.ids("/users", filter="status='active'")) == 3
    assert county.ids("/users", filter="dateLastModified>'2030-01-01T00:00:00Z'") == []
    assert len(county.ids("/users", filter="role='teacher' OR identifier='JX9'")) == 4
    assert county.ids("/users", filter="role='parent'") == []
    down = county.ids("/users", sort="sourcedId", orderBy="desc")
    assert down == sorted(down, reverse=True)
    (one,) = county.get("/schools", fields="sourcedId,name", limit="1").json()["orgs"]
    assert set(one) == {"sourcedId", "name"}


@pytest.mark.parametrize(
    ("query", "minor"),
    [
        ({"filter": "number='1'"}, "invalid_filter_field"),
        ({"filter": "status"}, "invalid_filter_field"),
        ({"filter": "status='a' AND status='b' AND status='c'"}, "invalid_filter_field"),
        ({"filter": "dateLastModified>'yesterday'"}, "invaliddata"),
        ({"sort": "number"}, "invalid_sort_field"),
        ({"limit": "0"}, "invaliddata"),
        ({"offset": "-1"}, "invaliddata"),
        ({"limit": "9" * 12}, "invaliddata"),
    ],
)
def test_what_cannot_be_asked_is_said_with_its_field(county, query, minor):
    answer = county.get("/users", **query)
    assert answer.status_code == 400
    assert answer.json()["imsx_CodeMinor"]["imsx_codeMinorField"][0]["imsx_codeMinorFieldValue"] == minor


def test_years_courses_and_what_is_empty_here(cast, county):
    (year,) = county.get("/academicSessions").json()["academicSessions"]
    assert (year["title"], year["schoolYear"], year["type"]) == ("2026", str(cast.year.last_on.year), "schoolYear")
    assert county.ids("/courses") == [cast.project.public_id]
    assert county.ids(f"/courses/{cast.project.public_id}/classes")
    for empty in ("/terms", "/gradingPeriods"):
        assert county.get(empty).json() == {"academicSessions": []}
    assert county.get("/lineItems").status_code == 404
    assert county.get("/users/x/classes").status_code == 404


def test_a_token_is_given_for_a_key_and_holds_its_scopes(cast):
    secret = token_of(cast.zhou, now=LATER)
    basic = b64encode(f"any:{secret}".encode()).decode()
    client = Client()
    asked = {"grant_type": "client_credentials", "scope": f"{SCOPE}roster-demographics.readonly"}
    given = client.post("/ims/oneroster/token", asked, headers={"Authorization": f"Basic {basic}"}).json()
    assert (given["token_type"], given["expires_in"], given["scope"]) == ("Bearer", 3600, asked["scope"])
    system = System(given["access_token"])
    assert len(system.ids("/demographics")) == 4
    assert system.get("/users").status_code == 403


def test_tokens_end_with_their_hour_and_with_their_key(cast, monkeypatch):
    secret = token_of(cast.zhou, now=LATER)
    form = {"grant_type": "client_credentials", "client_id": "any", "client_secret": secret}
    system = System(Client().post("/ims/oneroster/token", form).json()["access_token"])
    assert system.get("/schools").status_code == 200
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER + timedelta(minutes=61))
    assert system.get("/schools").status_code == 401
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER + timedelta(minutes=59))
    for token in tokens_of(cast.zhou.account_id):
        revoke_token(actor=cast.zhou, token_id=token.pk, now=LATER)
    assert system.get("/schools").status_code == 401
    assert Client().post("/ims/oneroster/token", form | {"client_secret": "xt_wrong"}).status_code == 401
    assert Client().post("/ims/oneroster/token", form | {"grant_type": "password"}).status_code == 400
    assert Client().get("/ims/oneroster/token").status_code == 405


def test_without_a_right_nothing_is_told(cast):
    assert System().get("/users").status_code == 401
    assert System("xt_unknown").get("/users").status_code == 401
    assert System("a.b.c").get("/users").status_code == 401
    assert System().get("/users")["WWW-Authenticate"].startswith("Bearer")
    teacher = system_of(cast.lin)
    assert teacher.get("/users").status_code == 403
    assert Client().post(BASE + "/users", headers=system_of(cast.zhou).headers).status_code == 405
