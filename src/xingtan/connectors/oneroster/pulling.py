"""What a service tells, as a bundle in a file: the roster then comes in by the same way as any other file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import IO, Any, NamedTuple

from xingtan.core.oneroster import BESIDE, METADATA, Mode, Written, write_tables

from .service import RosterService

Json = Mapping[str, Any]
EXTRA = tuple(METADATA + key for key in BESIDE)


class Pulled(NamedTuple):
    """How many organisations and people the service told of."""

    orgs: int
    people: int


def pull(service: RosterService, file: IO[bytes], *, at: datetime, since: datetime | None = None) -> Pulled:
    """The file is a bundle of the service's organisations, people, classes and who teaches them; raises `NotTold`.

    With `since` only people who changed from then on, who left included (a delta); else everybody who is active.
    """
    where = f"dateLastModified>='{since.isoformat()}'" if since else ""
    posts: list[dict[str, str]] = []
    mode = Mode.DELTA if since else Mode.BULK
    tables = {
        "orgs": Written(_active(service.rows("orgs"), _org)),
        "users": Written(_people(service.rows("users", where=where), posts, with_gone=since is not None), EXTRA, mode),
        # Filled while the users are written.
        "roles": Written(_each(posts), mode=mode),
        "demographics": Written(_active(service.rows("demographics"), lambda one: {"sex": _text(one.get("sex"))})),
        "courses": Written(_active(service.rows("courses"), _course)),
        "classes": Written(_active(service.rows("classes"), _class)),
        "enrollments": Written(_active(service.rows("enrollments", where="role='teacher'"), _enrollment)),
    }
    counts = write_tables(file, tables, at=at)
    return Pulled(counts["orgs"], counts["users"])


def _each(posts: list[dict[str, str]]) -> Iterator[dict[str, str]]:
    yield from posts


def _active(rows: Iterable[Json], told: Any) -> Iterator[dict[str, str]]:  # noqa: ANN401 -- a function of a row
    for one in rows:
        if one.get("status", "active") == "active":
            yield {"sourcedId": _text(one.get("sourcedId")), **told(one)}


def _people(rows: Iterable[Json], posts: list[dict[str, str]], *, with_gone: bool) -> Iterator[dict[str, str]]:
    for one in rows:
        is_gone = one.get("status") == "tobedeleted"
        if is_gone and not with_gone:
            continue
        state = {"status": _text(one.get("status")), "dateLastModified": _text(one.get("dateLastModified"))} if with_gone else {}
        posts.extend({**_post(one, post, place), **state} for place, post in enumerate(one.get("roles") or ()))
        yield {**_user(one), **state}


def _user(one: Json) -> dict[str, str]:
    plain = (
        "sourcedId",
        "username",
        "givenName",
        "familyName",
        "middleName",
        "identifier",
        "email",
        "sms",
        "phone",
        "userMasterIdentifier",
    )
    typed = ",".join(f"{{{_text(each.get('type'))}:{_text(each.get('identifier'))}}}" for each in one.get("userIds") or ())
    beside = one.get("metadata") or {}
    return {
        **{name: _text(one.get(name)) for name in plain},
        "enabledUser": "false" if _text(one.get("enabledUser")).lower() == "false" else "true",
        "userIds": typed,
        "primaryOrgSourcedId": _id(one.get("primaryOrg")),
        **{METADATA + key: _text(beside.get(f"xingtan.{key}")) for key in BESIDE},
    }


def _post(one: Json, post: Json, place: int) -> dict[str, str]:
    return {
        "sourcedId": f"{_text(one.get('sourcedId'))}-{place + 1}",
        "userSourcedId": _text(one.get("sourcedId")),
        "roleType": _text(post.get("roleType")) or "primary",
        "role": _text(post.get("role")),
        "beginDate": _text(post.get("beginDate")),
        "endDate": _text(post.get("endDate")),
        "orgSourcedId": _id(post.get("org")),
    }


def _org(one: Json) -> dict[str, str]:
    told = {name: _text(one.get(name)) for name in ("name", "type", "identifier")}
    return told | {"parentSourcedId": _id(one.get("parent"))}


def _course(one: Json) -> dict[str, str]:
    return {
        "title": _text(one.get("title")),
        "orgSourcedId": _id(one.get("org")),
        "grades": _list(one.get("grades")),
        "subjects": _list(one.get("subjects")),
    }


def _class(one: Json) -> dict[str, str]:
    places = {"courseSourcedId": _id(one.get("course")), "schoolSourcedId": _id(one.get("school"))}
    return {"title": _text(one.get("title")), "grades": _list(one.get("grades")), "subjects": _list(one.get("subjects")), **places}


def _enrollment(one: Json) -> dict[str, str]:
    places = {f"{name}SourcedId": _id(one.get(name)) for name in ("class", "school", "user")}
    return places | {"role": _text(one.get("role"))}


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _list(value: object) -> str:
    return ",".join(map(_text, value)) if isinstance(value, list) else _text(value)


def _id(value: object) -> str:
    return _text(value.get("sourcedId")) if isinstance(value, Mapping) else ""
