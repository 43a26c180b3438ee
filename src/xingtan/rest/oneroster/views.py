"""The addresses of the service: a collection, one of it, what stands behind one, and the token."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from xingtan.foundation.disclosures import api as disclosures

from .asking import only, wanted
from .bearer import CORE, DEMOGRAPHICS, LIVES, READ_ROSTER, ROSTER, SCOPE, Caller, caller_of, credentials_of, token_for
from .collections import BEHIND, COLLECTIONS, Collection
from .refusals import Failure

View = Callable[..., HttpResponse]
OF_PEOPLE = frozenset({"users", "demographics", "enrollments"})


def _answers(view: Callable[..., HttpResponse]) -> View:
    """GET only, with a valid key; whatever is refused is the standard's status object."""

    @csrf_exempt
    def inside(request: HttpRequest, **named: str) -> HttpResponse:
        try:
            _refuse_method(request, ("GET", "HEAD"), "This service only reads.")
            answer = view(request, caller_of(request, now=timezone.now()), **named)
        except Failure as failure:
            answer = failure.answer()
        answer["Cache-Control"] = "private, no-store"
        return answer

    vars(inside)["permission"] = READ_ROSTER
    return inside


def _refuse_method(request: HttpRequest, methods: tuple[str, ...], said: str) -> None:
    if request.method not in methods:
        raise Failure(405, said)


@csrf_exempt
def token(request: HttpRequest) -> HttpResponse:
    """`POST …/token` (RFC 6749, 4.4): an hour's token for an API key, named as the client's secret."""
    try:
        _refuse_method(request, ("POST",), "Tokens are asked for by POST.")
        text, scopes = token_for(
            request.POST.get("grant_type", ""), credentials_of(request), request.POST.get("scope", ""), now=timezone.now()
        )
    except Failure as failure:
        said = {"error": "invalid_client" if failure.status == 401 else "invalid_request", "error_description": failure.said}
        return JsonResponse(said, status=failure.status, headers={"Cache-Control": "no-store"})
    given = " ".join(SCOPE + one for one in sorted(scopes))
    told = {"access_token": text, "token_type": "Bearer", "expires_in": int(LIVES.total_seconds()), "scope": given}
    return JsonResponse(told, headers={"Cache-Control": "no-store"})


def _collection(name: str, caller: Caller) -> Collection:
    found = COLLECTIONS.get(name)
    if found is None:
        raise Failure(404, "There is no such collection.")
    if not caller.scopes & ({DEMOGRAPHICS} if name == "demographics" else {CORE, ROSTER}):
        raise Failure(403, "The token has not the scope for this.")
    return found


@_answers
def many(request: HttpRequest, caller: Caller, *, name: str) -> HttpResponse:
    """A page of a collection, with `X-Total-Count` and `Link`."""
    collection = _collection(name, caller)
    return _page(request, caller, collection, collection.rows(caller.actor))


@_answers
def one(request: HttpRequest, caller: Caller, *, name: str, sourced_id: str) -> HttpResponse:
    """One of a collection; 404 alike when it is absent and when it lies elsewhere."""
    collection = _collection(name, caller)
    return JsonResponse({collection.one: only(collection.shape(_row(collection, caller, sourced_id)), request.GET)})


@_answers
def behind(request: HttpRequest, caller: Caller, *, name: str, sourced_id: str, inner: str) -> HttpResponse:
    """What stands behind one of a collection: a school's teachers, a class's enrollments and the like."""
    outer = _row(_collection(name, caller), caller, sourced_id)
    collection, lookup = _collection(inner, caller), BEHIND.get((name, inner))
    if lookup is None:
        raise Failure(404, "There is no such collection.")
    value = outer.pk if lookup == "training_year" else outer.public_id
    return _page(request, caller, collection, collection.rows(caller.actor).filter(**{lookup: value}))


def _row(collection: Collection, caller: Caller, sourced_id: str) -> Any:  # noqa: ANN401 -- a row of the collection
    wanted_id = sourced_id if collection.key != "pk" or (sourced_id.isdigit() and len(sourced_id) < 19) else "0"
    row = collection.rows(caller.actor).filter(**{collection.key: wanted_id}).first()
    if row is None:
        raise Failure(404, "There is nothing here with this id, or it is not yours to read.")
    return row


def _page(request: HttpRequest, caller: Caller, collection: Collection, rows: Any) -> HttpResponse:  # noqa: ANN401 -- rows of the collection
    """A page; one that tells of people is an export, on record with its digest."""
    page = wanted(collection, rows, request.GET, f"{settings.PUBLIC_URL}{request.path}")
    told = [only(collection.shape(row), request.GET) for row in page.rows]
    answer = JsonResponse({collection.many: told}, headers={"X-Total-Count": str(page.total), "Link": page.links})
    if told and collection.many in OF_PEOPLE:
        mark = disclosures.mark_for(caller.actor, "oneroster", request.GET.urlencode(), timezone.now())
        digest, size = hashlib.sha256(answer.content).hexdigest(), len(answer.content)
        disclosures.record_export(mark, name=f"{collection.many}.json", rows=len(told), size=size, sha256=digest)
    return answer
