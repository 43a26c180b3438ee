"""Who may call what: no token, a role without the right, another's branch."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from tests import crediting
from xingtan.foundation.people.models import Account, ApiToken
from xingtan.foundation.people.roles import Role
from xingtan.foundation.people.tokens import revoke_token
from xingtan.rest.v1.api import PERMISSIONS, api

PROBLEM = "application/problem+json"
METHODS = {
    operation.operation_id: (operation.methods[0], f"/{path}".replace("//", "/"))
    for bound in api._get_bound_routers()
    for path, view in ((f"{bound.prefix}{path}", view) for path, view in bound.path_operations.items())
    for operation in view.operations
}
WORDS = (
    "digest",
    "project",
    "teacher",
    "job",
    "page",
    "text",
    "statement",
    "unit",
    "delivery",
    "provider",
    "anomaly",
    "training",
    "meeting",
    "batch",
    "appeal",
    "transfer",
    "tender",
    "merge",
    "post",
    "paper",
    "plan",
    "survey",
    "application",
    "quota",
    "card",
    "parcel",
)
FORBIDDEN = {
    Role.TEACHER: {"years_open", "teachers_list", "bills_list", "queue_list", "decisions_make", "entries_enter", "certificates_revoke"},
    Role.SCHOOL_CLERK: {"years_open", "projects_draft", "selections_choose", "determinations_list", "determinations_examine"},
    Role.COUNTY_OFFICER: {"years_open", "selections_confirm", "selections_choose", "determinations_examine"},
    Role.PROVIDER_STAFF: {"teachers_list", "selections_list", "decisions_make", "records_get", "certificates_list"},
    Role.SUPERVISOR: {name for name, (method, _path) in METHODS.items() if method == "POST"},
}


def address(name):
    words = dict.fromkeys(WORDS, "x")
    path = METHODS[name][1]
    return path.format(**{word: value for word, value in words.items() if "{" + word + "}" in path})


def asked(caller, name):
    return caller.get(address(name)) if METHODS[name][0] == "GET" else caller.post(address(name), {})


def test_every_operation_is_in_the_table_of_rights_and_has_an_address_of_its_name():
    assert set(METHODS) == set(PERMISSIONS)
    for name in METHODS:
        words = {word: "x" for word in WORDS if "{" + word + "}" in METHODS[name][1]}
        assert reverse(f"api-v1:{name}", kwargs=words) == f"/api/v1{address(name)}"


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(set(METHODS) - {"check"}))
def test_without_a_token_nothing_is_answered(call, name):
    answer = asked(call(), name)
    assert (answer.status_code, answer["Content-Type"], answer["WWW-Authenticate"]) == (401, PROBLEM, 'Bearer realm="xingtan"')


def test_a_role_without_the_right_gets_403_before_its_request_is_even_read(cast, call):
    actors = {
        Role.TEACHER: cast.lin, Role.SCHOOL_CLERK: cast.chen, Role.COUNTY_OFFICER: cast.zhou,
        Role.PROVIDER_STAFF: cast.ming, Role.SUPERVISOR: cast.supervisor,
    }  # fmt: skip
    for role, actor in actors.items():
        caller = call(actor)
        for name, permission in PERMISSIONS.items():
            is_refused = asked(caller, name).status_code == 403
            assert is_refused == (role not in permission.roles), (role, name)
        assert FORBIDDEN[role] <= {name for name, permission in PERMISSIONS.items() if role not in permission.roles}


def test_what_lies_in_another_branch_is_not_there(cast, call):
    lin = cast.lin_teacher
    stranger, clerk = call(cast.stranger), call(cast.wu)
    [entry] = made_entry(cast)
    assert stranger.get(f"/teachers/{lin.public_id}").status_code == 404
    assert stranger.get(f"/records/{lin.public_id}", year=2026).status_code == 404
    assert stranger.post("/decisions", {"step": "verify", "entries": [entry.public_id], "outcome": "passed"}).status_code == 404
    selection = call(cast.chen).get("/selections", year=2026).json()["rows"][0]
    assert clerk.post("/selections/confirmations", {"selections": [{"id": selection["id"]}]}).status_code == 404
    assert stranger.get("/selections", year=2026).json()["rows"] == []
    assert stranger.get("/queue", year=2026, step="review").json()["rows"] == []
    other = crediting.enrolling.actor_of(Role.TEACHER, cast.school, crediting.enrolling.teachers(cast.school, 1)[0])
    assert call(other).get(f"/records/{lin.public_id}", year=2026).status_code == 404
    assert call(other).get(f"/teachers/{lin.public_id}").status_code == 404
    assert call(cast.lin).get(f"/records/{lin.public_id}", year=2026).status_code == 200


def made_entry(cast):
    crediting.delivered(cast, [cast.lin_teacher], 3600)
    return crediting.enter(cast)


def test_a_draft_is_seen_by_offices_only(cast, call):
    days = {"opens_on": "2026-11-01", "closes_on": "2027-05-31"}
    draft = {"year": 2026, "title": "暑期研修", "tier": "province", "kind": "all_staff", **days}
    made = call(cast.mei).post("/projects", draft)
    assert made.status_code == 201
    path = f"/projects/{made.json()['id']}"
    assert call(cast.supervisor).get(path).status_code == 404  # a county's supervisor: the province's draft lies above
    assert (call(cast.mei).get(path).status_code, call(cast.lin).get(path).status_code) == (200, 404)
    assert call(cast.zhou).post(f"{path}/publication").status_code == 404


def test_a_token_acts_as_its_grant_whoever_is_signed_in(cast, call):
    caller = call(cast.zhou)
    caller.client.force_login(Account.objects.get(pk=cast.mei.account_id))
    me = caller.get("/me").json()
    assert (me["role"], me["organisation"]["id"], me["teacher"]) == ("county_officer", cast.county.public_id, None)
    assert "years_open" not in me["operations"]
    assert caller.post("/years", {}).status_code == 403


def test_a_session_alone_opens_nothing(cast, call):
    caller = call()
    caller.client.force_login(Account.objects.get(pk=cast.mei.account_id))
    assert caller.get("/me").status_code == 401


def test_a_revoked_or_ended_token_opens_nothing(cast, call, now):
    caller = call(cast.zhou)
    token = ApiToken.objects.get(grant__account_id=cast.zhou.account_id)
    assert caller.get("/me").status_code == 200
    ApiToken.objects.update(expires_at=now - timedelta(seconds=1))
    assert caller.get("/me").status_code == 401
    ApiToken.objects.update(expires_at=now + timedelta(days=1))
    revoke_token(actor=cast.zhou, token_id=token.pk, now=now)
    assert caller.get("/me").status_code == 401
