"""cmi5 over the site's own record store: a launch prepared, its token given out once, what was reported read back and judged."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

from django.conf import settings

from xingtan.domains.assessment import access
from xingtan.domains.assessment.actions import at_desk
from xingtan.domains.assessment.models import PackageState
from xingtan.domains.courses import api as courses
from xingtan.domains.statements import api as statements
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.db import atomic
from xingtan.foundation.people.roles import Actor
from xingtan.foundation.refusal import NotInScope

from . import cmi5
from .keeping import current_row, item_states, judge

if TYPE_CHECKING:
    from xingtan.domains.courses.models import Unit
    from xingtan.domains.teachers.models import Teacher

LIVES = timedelta(hours=4)
FETCH = "fetch"
MOST_STATEMENTS = 500
JSON = "application/json"
MOST_SESSIONS = 50


class Place(NamedTuple):
    """Where the unit finds what it needs, as its browser reaches it."""

    store: str
    fetch: str
    back: str


def activity_of(unit: Unit, item: Mapping[str, Any]) -> str:
    """The id under which this site's statements name an item of a package; the publisher's own id stands in the context."""
    number = [one["key"] for one in (unit.package or courses.Package()).facts["items"]].index(item["key"])
    return f"{settings.PUBLIC_URL}/xapi/activities/{unit.public_id}/{number}"


def launch_unit(*, actor: Actor, unit_id: int, item: str, place: Place, now: datetime) -> str:
    """The query with which the unit is opened; launch data, preferences and the `launched` statement stand in the record store."""
    teacher, unit, state = _prepared(actor, unit_id, now)
    told = next((one for one in (unit.package or courses.Package()).facts["items"] if one["key"] == item and one["kind"] == "au"), None)
    if told is None:
        raise NotInScope("item")
    one = _session(teacher, unit, state, told)
    token = statements.launch_token(teacher, state.registration, one.activity, now + LIVES)
    sender = statements.authenticate(f"Basic {statements.launch_password(token)}", now.timestamp())
    _give_up(sender, one)
    _documents(sender, told, one, place, now)
    extensions = {"launchmode": "Normal", "moveon": told["move_on"], "launchurl": told["href"]}
    extensions |= {"masteryscore": float(told["mastery"])} if told["mastery"] else {}
    _write(sender, cmi5.statement("launched", one, extensions=extensions))
    fetch = statements.signed(FETCH, [token, int((now + LIVES).timestamp()), state.pk, one.session])
    given = {"endpoint": place.store, "fetch": place.fetch + fetch, "actor": json.dumps(one.actor), "registration": one.registration}
    return urlencode(given | {"activityId": one.activity})


@atomic
def _prepared(actor: Actor, unit_id: int, now: datetime) -> tuple[Teacher, Unit, PackageState]:
    teacher, unit, _offer = at_desk(actor, access.TAKE_QUIZ, unit_id, courses.UnitKind.PACKAGE, now)
    return teacher, unit, current_row(teacher, unit, now)


def _session(teacher: Teacher, unit: Unit, state: PackageState, item: Mapping[str, Any]) -> cmi5.Session:
    actor = statements.site_agent(teacher.public_id)
    return cmi5.Session(actor, str(state.registration), str(uuid4()), activity_of(unit, item), item["activity"])


def _documents(sender: statements.Sender, item: Mapping[str, Any], one: cmi5.Session, place: Place, now: datetime) -> None:
    """`LMS.LaunchData` of this launch, and the learner's preferences where there are none yet."""
    agent, now_us = statements.identity(one.actor) or "", int(now.timestamp() * 1_000_000)
    shelf = statements.Shelf(statements.DocumentKind.STATE, sender.provider_id, one.activity, agent)
    told = cmi5.launch_data(item, one, mode="Normal", return_url=place.back)
    body = statements.Content(JSON, json.dumps(told).encode())
    statements.put_document(statements.Place(shelf, cmi5.LAUNCH_DATA, UUID(one.registration)), body, statements.Conditions(), now_us)
    wishes = statements.Place(statements.Shelf(statements.DocumentKind.AGENT, sender.provider_id, "", agent), cmi5.PREFERENCES, None)
    if statements.document_at(wishes) is None:
        usual = statements.Content(JSON, json.dumps({"languagePreference": "zh-CN,en-US", "audioPreference": "on"}).encode())
        statements.put_document(wishes, usual, statements.Conditions(), now_us)


def _write(sender: statements.Sender, told: Mapping[str, Any]) -> None:
    body = json.dumps(told, ensure_ascii=False).encode()
    statements.receive(statements.Received(sender, statements.Version.V1, "POST", None, JSON, body))


def _give_up(sender: statements.Sender, one: cmi5.Session) -> None:
    """Sessions of this unit that were never ended are given up before the next one begins (cmi5, 9.3.6)."""
    for session in cmi5.open_sessions(_of_registration(sender, UUID(one.registration)), one.activity):
        _write(sender, cmi5.statement("abandoned", one._replace(session=session)))


def _of_registration(sender: statements.Sender, registration: UUID) -> list[dict[str, Any]]:
    """The statements of one registration, the oldest first."""
    wanted = statements.Wanted(registration=registration, ascending=True, limit=MOST_STATEMENTS)
    return [json.loads(row.content) for row in statements.find_statements(sender, wanted).rows]


def token_of_fetch(text: str, now: datetime) -> str | None:
    """The `auth-token` that this fetch address stands for, once; None for an address that is over, or was used."""
    try:
        token, expires_at, state_id, session = statements.opened(FETCH, text)
    except ValueError:
        return None
    if now.timestamp() > expires_at or not _first_use(state_id, session):
        return None
    return statements.launch_password(token)


@atomic
def _first_use(state_id: int, session: str) -> bool:
    """True the first time this session's token is fetched."""
    state = PackageState.everywhere.select_for_update(of=("self",)).filter(pk=state_id).first()
    if state is None or session in state.fetched:
        return False
    state.fetched = [*state.fetched[1 - MOST_SESSIONS :], session]
    state.save(update_fields=["fetched"])
    return True


def refresh_launched(*, teacher_id: int, unit_id: int, now: datetime) -> PackageState | None:
    """The latest attempt, judged by what the record store holds of it; None before the first launch."""
    found = (
        PackageState.everywhere.filter(teacher_id=teacher_id, unit_id=unit_id).order_by("-attempt").select_related("unit__package").first()
    )
    if found is None or found.unit.package is None or found.unit.package.standard != courses.Standard.CMI5:
        return found
    teacher = teachers.teachers_by_id([teacher_id])[teacher_id]
    token = statements.launch_token(teacher, found.registration, "", now + LIVES)
    sender = statements.authenticate(f"Basic {statements.launch_password(token)}", now.timestamp())
    said = _of_registration(sender, found.registration)
    facts = found.unit.package.facts
    amounts = {item["key"]: cmi5.amount(said, activity_of(found.unit, item)) for item in facts["items"] if item["kind"] == "au"}
    state = _take(found.pk, {key: told for key, told in amounts.items() if told}, now)
    _satisfy(sender, state, said)
    return state


def _satisfy(sender: statements.Sender, state: PackageState, said: Sequence[Mapping[str, Any]]) -> None:
    """Blocks whose units are all done, and the course once all are, are satisfied, each said once in a registration (cmi5, 9.3.9)."""
    facts = (state.unit.package or courses.Package()).facts
    done = {key for key, one in item_states(facts, state.items).items() if one in {"done", "failed"}}
    actor, session = statements.site_agent(sender.account_name), next(iter(reversed(cmi5.sessions(said))), "")
    for target, kind, keys in cmi5.wholes(facts):
        name = uuid5(state.registration, f"satisfied:{target}")
        if not keys <= done or statements.find_statement(sender, name) is not None:
            continue
        one = cmi5.Session(actor, str(state.registration), session, target, target)
        activity = f"{settings.PUBLIC_URL}/xapi/activities/{state.unit.public_id}/{uuid5(NAMESPACE_URL, target)}"
        _write(sender, cmi5.statement("satisfied", one, activity=activity, kind=kind) | {"id": str(name)})


@atomic
def _take(state_id: int, amounts: Mapping[str, dict[str, Any]], now: datetime) -> PackageState:
    state = PackageState.everywhere.select_for_update(of=("self",)).select_related("unit__package").get(pk=state_id)
    fresh = {key: {"version": 1, "content": {"cmi5": told}} for key, told in amounts.items()}
    if fresh != state.items:
        state.items = fresh
        judge(state, state.unit, now)
    return state
