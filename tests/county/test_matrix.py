"""Role × scope × every address of the program; an address that is in no table fails."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from urllib.parse import quote

import pytest
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse

from tests.county import matrix_cards, matrix_projects, others
from tests.county.calls import calls_of
from tests.county.matrix import MATRIX
from tests.county.matrix_entrance import BACK_TO_SIGN_IN
from tests.county.quick import PRINTED, bare_refusals, told_press  # noqa: F401 -- two are fixtures
from tests.county.roles import CITY, CLERK, COUNTY, EVERYONE, PROVIDER, PROVINCE, REVIEWER, SUPERVISOR, TEACHER, VISITOR
from tests.county.walking import answered, client_of, get, is_sent_to_sign_in, said, signed_in
from tests.county.world import World
from tests.demo_county import a_small_county  # noqa: F401 -- a fixture
from xingtan.domains.teachers.models import Teacher
from xingtan.foundation.people.models import Account
from xingtan.foundation.people.roles import Permission
from xingtan.foundation.scope.models import Organisation

LOGINS = ["visitor", "teacher", "clerk", "reviewer", "county", "city", "province", "provider", "tutor", "lead", "supervisor", "expert"]
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
BY_KEY = ("api-v1", "oneroster")  # tests/rest/test_rights.py and test_oneroster.py walk what is opened with a key
# Both providers have courses in the demonstration's project, and each watches its own part of it.
BOTH_PROVIDERS = {"bureau:live", "bureau:live_remind"}
# What belongs to everybody below the province: whoever may open the page may open every one of them.
SHARED = {
    "bureau:register_provider",
    "bureau:layout",
    "bureau:project_folder",
    "public:member_receipt",
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
    "public:survey",
    "public:survey_draft",
}
# Packs come with the program, and posted notices are for everybody.
SHARED_BY_PROVINCES = {
    name for name in SHARED if name.startswith("public:") or any(word in name for word in ("polic", "pack", "adopt", "open_year"))
}
# Rows of an office above: whoever may open such a page finds there what is of the own branch, and not these.
ABOVE = {
    *matrix_cards.OWN,
    *matrix_projects.OWN,
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
def world(county, told_press, django_db_blocker):  # noqa: F811 -- as pytest names fixtures
    with django_db_blocker.unblock():
        others.another_province()
        yield World()


@pytest.fixture
def opened(world, django_db_blocker):
    """The database of the world, for a test without a transaction of its own."""
    PRINTED.clear()
    with django_db_blocker.unblock():
        yield world


def is_opened(response) -> bool:
    return response.status_code < 500 and response.status_code not in (403, 404) and not is_sent_to_sign_in(response)


def is_closed(client, address: str, *, for_visitor: bool = False) -> bool:
    """Page and form alike: an address that only takes POST answers GET with 405, whoever asks."""
    answers = [answer for answer in (get(client, address), client.post(address)) if answer.status_code != 405]
    return bool(answers) and all(is_sent_to_sign_in(one) if for_visitor else one.status_code == 403 for one in answers)


@pytest.mark.parametrize("login", LOGINS)
def test_a_refusal_is_a_whole_page(opened, login):
    client = signed_in(login)
    closed = (name for name in sorted(MATRIX) if login not in MATRIX[name] and not opened.words(name, COUNTY))
    # An address that only takes forms answers 405 to whoever just opens it.
    answer = next(one for name in closed if (one := get(client, reverse(name))).status_code != HTTPStatus.METHOD_NOT_ALLOWED)
    assert is_sent_to_sign_in(answer) if login == VISITOR else (answer.status_code, b"</html>" in answer.content) == (403, True)


@pytest.mark.usefixtures("bare_refusals")
@pytest.mark.parametrize("login", LOGINS)
def test_a_role_opens_what_the_table_says_and_nothing_else(opened, login):
    wrong = []
    client = signed_in(login)
    for name in sorted(MATRIX):
        address = reverse(name, kwargs=opened.words(name, login if login != VISITOR else "county"))
        if name in ABOVE and login in (COUNTY, CITY) and login in MATRIX[name]:
            is_right = 404 in {get(client, address).status_code, client.post(address).status_code}
        elif login in MATRIX[name]:
            answer = get(client, address)
            is_right = is_opened(answer) or (name in BACK_TO_SIGN_IN and is_sent_to_sign_in(answer))
        else:
            is_right = is_closed(client, address, for_visitor=login == VISITOR)
        if not is_right:
            wrong.append((name, address, get(client, address).status_code))
    assert wrong == []


def is_everybodys(name: str, login: str) -> bool:
    if name.endswith((":move_agree", ":move_end")) and login in (CLERK, COUNTY):
        return True  # a transfer is of two sides: here the other one looks
    is_public = name.startswith(("public:project", "public:tender", "provider:tender")) or name == "public:check_result"
    return name in SHARED or is_public or (login == PROVIDER and name in BOTH_PROVIDERS)


@pytest.mark.parametrize("login", sorted(ELSEWHERE))
def test_what_belongs_to_another_branch_is_not_there_and_answered_like_what_nobody_has(opened, login):
    wrong = []
    stranger = ELSEWHERE[login]
    client = signed_in(TEACHER, stranger) if login == TEACHER else signed_in(stranger)
    for name in sorted(MATRIX):
        words = opened.words(name, login)
        if not words or login not in MATRIX[name] or is_everybodys(name, login):
            continue
        address = reverse(name, kwargs=words)
        found, nothing = answered(client, address), answered(client, reverse(name, kwargs=others.absent(words)))
        posted = client.post(address).status_code
        if posted not in (404, 405) or found[0] != 404 or found != nothing:
            wrong.append((name, address, found[0], nothing[0], posted))
    assert wrong == []


def far_role(name: str) -> str:
    return next((role for role in (PROVINCE, COUNTY, SUPERVISOR, CLERK, REVIEWER, CITY) if role in MATRIX[name]), "")


def test_another_province_has_none_of_these_rows(opened):
    clients = {role: signed_in(login) for role, login in others.FAR.items()}
    wrong = []
    for name in sorted(set(MATRIX) - SHARED_BY_PROVINCES):
        role = far_role(name)
        words = opened.words(name, role or PROVINCE)
        if not role or not words or VISITOR in MATRIX[name]:
            continue
        found = answered(clients[role], reverse(name, kwargs=words))
        nothing = answered(clients[role], reverse(name, kwargs=others.absent(words)))
        if found[0] != 404 or found != nothing:
            wrong.append((name, found[0], nothing[0]))
    assert wrong == []


def test_a_guessed_id_finds_nothing_and_breaks_nothing(opened):
    clients = {login: signed_in(login) for login in LOGINS}
    wrong = []
    for name in sorted(MATRIX):
        login = next(login for login in (PROVINCE, *LOGINS[1:]) if login in MATRIX[name])
        words = opened.words(name, login)
        if (
            words
            and others.absent(words) != words
            and (status := answered(clients[login], reverse(name, kwargs=others.absent(words)))[0]) != 404
        ):
            wrong.append((name, status))
    assert [one for one in wrong if one not in NOTHING_SAID] == []


# The check of a certificate says for any text whether there is one; the other leads from a message to the own role's page.
NOTHING_SAID = [("public:check_result", 200), ("public:objection", 302)]


def test_what_an_office_above_holds_is_not_there_for_the_office_below(opened):
    client, city = signed_in("county"), Organisation.everywhere.get(name="吉安市")
    asked = [("bureau:branch", {"pid": city.public_id}), ("bureau:branch", {"pid": city.parent.public_id})]
    asked += [("public:act_for_school", {"pid": city.public_id}), ("bureau:handover", {"pid": Account.objects.get(login="city").public_id})]
    assert [name for name, words in asked if answered(client, reverse(name, kwargs=words))[0] != 404] == []


@pytest.mark.usefixtures("bare_refusals")
def test_who_held_a_role_until_yesterday_is_a_visitor(opened):
    client = client_of(others.ended("county").pk)
    names = [name for name in sorted(MATRIX) if COUNTY in MATRIX[name] and VISITOR not in MATRIX[name]]
    open_ones = [name for name in names if not is_closed(client, reverse(name, kwargs=opened.words(name, COUNTY)), for_visitor=True)]
    assert open_ones == []


def permission_of(address: str) -> Permission:
    return resolve(address).func.permission


@pytest.mark.usefixtures("bare_refusals")
def test_a_deputy_opens_what_the_holder_opens_but_what_is_done_in_person(opened):
    client = client_of(others.deputy("county").pk)
    wrong, in_person = [], []
    for name in sorted(MATRIX):
        address = reverse(name, kwargs=opened.words(name, COUNTY))
        if COUNTY not in MATRIX[name] or VISITOR in MATRIX[name]:
            continue
        if not permission_of(address).is_passed_on:
            in_person.append(name)
            is_right = is_closed(client, address)
        else:
            is_right = get(client, address).status_code not in (403, 500)
        if not is_right:
            wrong.append(name)
    assert wrong == []
    assert set(in_person) >= {"bureau:give_role", "bureau:end_role", "bureau:handover", "bureau:confirm_roles", "public:deputies"}


@pytest.mark.usefixtures("bare_refusals")
@pytest.mark.parametrize("kind", ["school", "teacher"])
def test_acting_for_another_opens_the_others_pages_and_no_more(opened, kind):
    client = signed_in("county" if kind == "school" else "clerk")
    whom = opened.school if kind == "school" else opened.lin
    assert client.post(f"/acting/{kind}/{whom.public_id}/").status_code == 302
    role, wrong = (CLERK, []) if kind == "school" else (TEACHER, [])
    for name in sorted(MATRIX):
        address = reverse(name, kwargs=opened.words(name, role))
        may = getattr(resolve(address).func, "permission", None)
        if may is None or VISITOR in MATRIX[name] or EVERYONE - {VISITOR} == MATRIX[name]:
            continue
        is_lent = role in MATRIX[name] and (may.is_passed_on if kind == "school" else may.is_assisted)
        if (get(client, address).status_code == 403) if is_lent else not is_closed(client, address):
            wrong.append(name)
    assert wrong == []


def names_in(school) -> set[str]:
    return set(Teacher.everywhere.filter(school=school).exclude(name="林知微").values_list("name", flat=True))


def lists(login: str) -> Iterator[str]:
    """The pages without words in their address that this role opens."""
    for name in sorted(MATRIX):
        if login in MATRIX[name] and not name.startswith(("public:", "idp:")) and not reverse_words(name):
            yield reverse(name)


def reverse_words(name: str) -> bool:
    return any(pattern.pattern.converters for found, pattern in addresses() if found == name)


@pytest.mark.parametrize("login", ["clerk", "county", "provider"])
def test_no_parameter_shows_another_branch_and_a_search_says_the_same_of_the_absent_and_the_foreign(opened, login):
    client, hidden = signed_in(ELSEWHERE[login]), names_in(opened.school)
    place = dict.fromkeys(("school", "organisation", "org", "office", "branch", "county", "pid"), opened.school.public_id)
    hidden -= names_in(Teacher.everywhere.get(name="吴向晚").school)
    hidden -= {part.mate.name for part in opened.more if hasattr(part, "transfer")}  # who is offered to that school is shown there
    leaks = []
    for address in lists(login):
        for export in ("", "xlsx"):
            told = said(client.get(address, place | {"teacher": opened.lin.public_id, "export": export})).decode(errors="replace")
            told += "".join(PRINTED)
            PRINTED.clear()
            leaks += [(address, export, name) for name in hidden if name in told]
        answers = [client.get(address, {"q": name}) for name in ("林知微", "林知夏")]
        foreign, nobody = (said(answer, name, quote(name)) for answer, name in zip(answers, ("林知微", "林知夏"), strict=True))
        if foreign != nobody and answers[0]["Content-Type"].startswith("text/html"):
            leaks.append((address, "q"))
    assert leaks == []


def rows_of(scope) -> dict[str, int]:
    """A digest of every row that belongs to the branch, by table."""
    models = [
        model for model in apps.get_models() if hasattr(model, "everywhere") and hasattr(model, "objects") and hasattr(model, "owner")
    ]
    return {
        model._meta.label: hash(tuple(map(str, model.everywhere.within(scope).order_by("pk").values_list())))
        for model in models
        if model._meta.label not in {"jobs.Job", "files.StoredFile"}
    }


@pytest.mark.usefixtures("bare_refusals")
@pytest.mark.parametrize("login", ["clerk", "county", "province"])
def test_a_stranger_who_posts_everything_everywhere_changes_nothing_in_this_branch(opened, login):
    client = signed_in(others.FAR[PROVINCE] if login == "province" else ELSEWHERE[login])
    scope = Organisation.everywhere.get(name="青原区").scope
    before, form = rows_of(scope), calls_of(opened)
    answers = {address: client.post(address, form).status_code for address in lists(login)}
    broken = {address: status for address, status in answers.items() if status >= 500}
    after = rows_of(scope)
    assert ([label for label in before if before[label] != after[label]], broken) == ([], {})
