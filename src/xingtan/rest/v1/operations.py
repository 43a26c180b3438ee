"""How an endpoint is declared: one line says its address, its name, who may call it, and what it answers."""

from __future__ import annotations

import hashlib
import inspect
import json
from collections.abc import Callable, Mapping
from functools import update_wrapper
from http import HTTPStatus
from typing import Any, TypeVar, cast

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from ninja.errors import ValidationError
from ninja.security import HttpBearer

from xingtan.domains.teachers import api as teachers
from xingtan.foundation.answers.once import Answer, once
from xingtan.foundation.people.grants import actor_of
from xingtan.foundation.people.roles import EVERYONE_SIGNED_IN, Actor, Permission, Role, require
from xingtan.foundation.people.tokens import digest_of as token_digest
from xingtan.foundation.people.tokens import token_of_digest
from xingtan.foundation.people.usage import note_use

from .http import Request
from .listing import NAMES_NOBODY, counted, is_list
from .problems import Problem

ANYONE = Permission("public.look", frozenset(Role))
SIGNED_IN = Permission("people.be_signed_in", EVERYONE_SIGNED_IN)
KEY_HEADER = "Idempotency-Key"
KEY_LENGTH = 80
KEY_PARAMETER = {
    "name": KEY_HEADER,
    "in": "header",
    "required": True,
    "description": "A new one for each new act (a UUID, say). The same key with the same content is answered as the first time and changes nothing.",
    "schema": {"type": "string", "minLength": 1, "maxLength": KEY_LENGTH},
}
PERMISSIONS: dict[str, Permission] = {}
"""Who may call what, by operation id: filled by `reads` and `writes`, read by `/me` and by the test that walks every address."""

View = TypeVar("View", bound=Callable[..., Any])


class Token(HttpBearer):
    """`Authorization: Bearer <token>`: acts with the token's grant, whoever the browser's session belongs to."""

    def __init__(self, permission: Permission) -> None:
        super().__init__()
        self.permission = permission

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """The actor behind the token; None when it opens nothing; `NotAllowed` when its role has not the right."""
        ours = cast("Request", request)
        known = token_of_digest(token_digest(token), now=ours.now)
        if known is None:
            return None
        grant, ours.token_id = known.grant, known.pk
        ours.actor = actor_of(grant, name=grant.account.name, teacher_id=teachers.teacher_id_of(grant.account_id))
        ours.grant_id = grant.pk
        note_use(grant, ours.today)
        require(ours.actor, self.permission)
        return ours.actor


def either(*permissions: Permission) -> Permission:
    """The right of everyone who has one of these."""
    return Permission(" or ".join(one.name for one in permissions), frozenset().union(*(one.roles for one in permissions)))


def reads(
    router: Router,
    path: str,
    operation_id: str,
    answer: Any,  # noqa: ANN401 -- a schema, also one of pages, or None for a file
    *,
    permission: Permission = SIGNED_IN,
    extra: Mapping[str, Any] | None = None,
) -> Callable[[View], View]:
    """The view answers GET for those who have the right."""

    def known(view: View) -> View:
        auth = None if permission is ANYONE else Token(permission)
        answers = {200: answer, **_problems(*((404, 422) if permission is ANYONE else (401, 403, 404, 422)))}
        inside = counted(operation_id, view) if auth and is_list(answer) and operation_id not in NAMES_NOBODY else view
        router.get(path, operation_id=operation_id, response=answers, auth=auth, openapi_extra={**_rights(permission), **(extra or {})})(
            _typed(inside, view)
        )
        PERMISSIONS[operation_id] = permission
        return view

    return known


def writes(
    router: Router, path: str, operation_id: str, answer: type[Schema], *, permission: Permission, status: HTTPStatus = HTTPStatus.OK
) -> Callable[[View], View]:
    """The view answers POST for those who have the right: with an idempotency key, once."""

    def known(view: View) -> View:
        def inside(request: Request, **kwargs: Any) -> HttpResponse:  # noqa: ANN401 -- what the view's own signature says
            def act() -> Answer:
                return Answer(status.value, view(request, **kwargs).model_dump_json())

            said = once(request.grant_id, _key_of(request), digest_of(request), act, now=request.now)
            response = HttpResponse(said.content, status=said.status, content_type="application/json; charset=utf-8")
            if said.is_again:
                response["Idempotency-Replayed"] = "true"
            return response

        router.post(
            path,
            operation_id=operation_id,
            response={status.value: answer, **_problems(400, 401, 403, 404, 409, 422)},
            auth=Token(permission),
            openapi_extra={**_rights(permission), "parameters": [KEY_PARAMETER]},
        )(_typed(inside, view))
        PERMISSIONS[operation_id] = permission
        return view

    return known


def digest_of(request: HttpRequest) -> str:
    """What makes two requests the same: address and content, whatever the order of keys or a form's boundary."""
    digest = hashlib.sha256(f"{request.method} {request.path}\n".encode())
    if request.content_type == "multipart/form-data":
        fields = sorted((name, request.POST.getlist(name)) for name in request.POST)
        digest.update(json.dumps(fields).encode())
        for name in sorted(request.FILES):
            file = cast("UploadedFile[Any]", request.FILES[name])
            content = hashlib.sha256()
            for chunk in file.chunks():
                content.update(chunk)
            file.seek(0)
            digest.update(json.dumps([name, file.name, content.hexdigest()]).encode())
    else:
        digest.update(json.dumps(json.loads(request.body or b"null"), sort_keys=True).encode())
    return digest.hexdigest()


def _key_of(request: Request) -> str:
    key = request.headers.get(KEY_HEADER, "")
    if not key or len(key) > KEY_LENGTH or not key.isprintable():
        raise ValidationError(
            [{"loc": ("header", KEY_HEADER), "type": "missing" if not key else "string", "msg": f"1 to {KEY_LENGTH} characters"}]
        )
    return key


def _typed(inside: Callable[..., Any], view: Callable[..., Any]) -> Callable[..., Any]:
    """`inside` with the view's name, words and signature, its annotations resolved where the view stands."""
    if inside is not view:
        update_wrapper(inside, view)
    vars(inside)["__signature__"] = inspect.signature(view, eval_str=True)
    return inside


def _problems(*statuses: int) -> dict[int, type[Problem]]:
    return dict.fromkeys(statuses, Problem)


def _rights(permission: Permission) -> dict[str, Any]:
    return {"x-permission": permission.name, "x-roles": sorted(role.value for role in permission.roles - {Role.OPERATOR})}
