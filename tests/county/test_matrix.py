"""Role × scope × every address of the program; an address that is in no table fails."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.county.matrix import MATRIX
from tests.county.matrix_entrance import BACK_TO_SIGN_IN
from tests.county.roles import TEACHER, VISITOR
from tests.county.world import World
from tests.demo_county import a_small_county  # noqa: F401 -- a fixture
from xingtan.config.demo import cast
from xingtan.foundation.people.models import Account

LOGINS = ["visitor", "teacher", "clerk", "reviewer", "county", "city", "province", "provider", "tutor", "lead", "supervisor"]
ELSEWHERE = {
    "clerk": "clerk-wu",
    "reviewer": "reviewer-wu",
    "county": "stranger",
    "city": "city-wu",
    "supervisor": "supervisor-wu",
    "provider": "provider2",
    "tutor": "tutor2",
    "lead": "lead2",
    "teacher": "吴向晚",
}
SIGN_IN = "/sign-in/"
BY_KEY = ("api-v1", "oneroster")  # tests/rest/test_rights.py and test_oneroster.py walk what is opened with a key
# Both providers have courses in the demonstration's project, and each watches its own part of it.
BOTH_PROVIDERS = {"bureau:live", "bureau:live_remind"}
# What belongs to everybody below the province: whoever may open the page may open every one of them.
SHARED = {
    "bureau:layout",
    "bureau:project",
    "bureau:policy",
    "bureau:pack_text",
    "bureau:policy_document",
    "bureau:adopt_bundled",
    "bureau:open_year_now",
    "bureau:year",
    "bureau:window",
    "school:behind",
    "public:notice",
    "public:notice_school",
    "public:objection",
    "public:member_receipt",
    "bureau:register_provider",
}


def addresses(resolver: URLResolver | None = None, names: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver) and pattern.namespace in BY_KEY:
            continue
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, f"{names}{pattern.namespace}:" if pattern.namespace else names)
        else:
            yield f"{names}{pattern.name}", pattern


@pytest.mark.django_db(databases="__all__")
def test_every_address_is_in_the_table_and_nothing_else_is():
    assert {name for name, _ in addresses()} == set(MATRIX)


@pytest.fixture(scope="module")
def world(county, django_db_blocker):
    with django_db_blocker.unblock():
        yield World()


def signed_in(login: str, teacher: str = "林知微") -> Client:
    client = Client(raise_request_exception=False)
    if login == TEACHER:
        client.force_login(Account.objects.get(pk=cast.teacher_actor(teacher).account_id))
    elif login != VISITOR:
        client.force_login(Account.objects.get(login=login))
    return client


def is_sent_to_sign_in(response) -> bool:
    return response.status_code == 302 and response["Location"].startswith(SIGN_IN)


# Rows of an office above: whoever may open such a page finds there what is of the own branch, and not these.
ABOVE = {
    "bureau:change_project",
    "bureau:add_offer",
    "bureau:remove_offer",
    "bureau:publish_project",
    "bureau:close_project",
    "bureau:classes",
    "bureau:add_class",
    "provider:course",
    "provider:unit_file",
    "provider:unit_play",
    "provider:key",
    "provider:key_rotate",
    "provider:key_revoke",
}


def get(client: Client, address: str):
    response = client.get(address)
    response.close()
    return response


def is_opened(response) -> bool:
    return response.status_code < 500 and response.status_code not in (403, 404) and not is_sent_to_sign_in(response)


def is_closed(client: Client, address: str, login: str) -> bool:
    """Page and form alike: an address that only takes POST answers GET with 405, whoever asks."""
    answers = [answer for answer in (get(client, address), client.post(address)) if answer.status_code != 405]
    return bool(answers) and all(is_sent_to_sign_in(one) if login == VISITOR else one.status_code == 403 for one in answers)


@pytest.mark.parametrize("login", LOGINS)
def test_a_role_opens_what_the_table_says_and_nothing_else(world, django_db_blocker, login):
    wrong = []
    with django_db_blocker.unblock():
        client = signed_in(login)
        for name in sorted(MATRIX):
            address = reverse(name, kwargs=world.words(name, login if login != VISITOR else "county"))
            if name in ABOVE and login in ("county", "city") and login in MATRIX[name]:
                is_right = 404 in {get(client, address).status_code, client.post(address).status_code}
            elif login in MATRIX[name]:
                is_right = is_opened(get(client, address)) or (name in BACK_TO_SIGN_IN and is_sent_to_sign_in(get(client, address)))
            else:
                is_right = is_closed(client, address, login)
            if not is_right:
                wrong.append((name, address, get(client, address).status_code))
    assert wrong == []


@pytest.mark.parametrize("login", sorted(ELSEWHERE))
def test_what_belongs_to_another_branch_is_not_there(world, django_db_blocker, login):
    wrong = []
    with django_db_blocker.unblock():
        stranger = ELSEWHERE[login]
        client = signed_in(TEACHER, stranger) if login == TEACHER else signed_in(stranger)
        for name in sorted(MATRIX):
            words = world.words(name, login)
            if (
                not words
                or login not in MATRIX[name]
                or name in SHARED
                or name.startswith("public:project")
                or name == "public:check_result"
                or (login == "provider" and name in BOTH_PROVIDERS)
            ):
                continue
            address = reverse(name, kwargs=words)
            statuses = {get(client, address).status_code, client.post(address).status_code} - {405}
            if statuses != {404}:
                wrong.append((name, address, sorted(statuses)))
    assert wrong == []
