"""One class for the service of another system: a token, and collections page by page."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import requests

SCOPE = "https://purl.imsglobal.org/spec/or/v1p2/scope/"
SCOPES = f"{SCOPE}roster.readonly {SCOPE}roster-core.readonly {SCOPE}roster-demographics.readonly"
PATIENCE_S, TRIES, LONGEST_WAIT_S = 30, 4, 60
AGAIN = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT})


class NotTold(RuntimeError):
    """The service did not tell what it was asked for, with its reason; asking again later may help."""


@dataclass
class RosterService:
    """A service by the address of its `rostering/v1p2` and of its token endpoint; `secret` is never logged nor shown."""

    address: str
    token_address: str
    client_id: str
    secret: str = field(repr=False)
    limit: int = 1_000

    def __post_init__(self) -> None:
        self._session = requests.Session()
        self._token = ""

    def rows(self, collection: str, *, where: str = "") -> Iterator[dict[str, Any]]:
        """Every row of the collection that passes the filter, in pages; raises `NotTold`."""
        offset, total = 0, 1
        while offset < total:
            query: dict[str, str | int] = {"limit": self.limit, "offset": offset, "sort": "sourcedId", "orderBy": "asc"}
            answer = self._get(collection, query | ({"filter": where} if where else {}))
            page: list[dict[str, Any]] = next(iter(self._read(answer).values()), [])
            yield from page
            offset += len(page)
            # A service that does not count is asked until a page comes back short.
            told = answer.headers.get("X-Total-Count", "")
            total = int(told) if told.isdigit() else offset + (len(page) == self.limit)
            if not page:
                return

    def _get(self, collection: str, query: dict[str, str | int]) -> requests.Response:
        for number in range(1, TRIES + 1):
            if not self._token:
                self._token = self._fresh_token()
            answer = self._ask(
                "GET", f"{self.address.rstrip('/')}/{collection}", params=query, headers={"Authorization": f"Bearer {self._token}"}
            )
            if answer.status_code == HTTPStatus.UNAUTHORIZED and number < TRIES:
                self._token = ""
            elif answer.status_code in AGAIN and number < TRIES:
                time.sleep(_wait_of(answer, number))
            else:
                return answer
        raise NotTold(f"{collection}: no answer after {TRIES} tries")

    def _fresh_token(self) -> str:
        form = {"grant_type": "client_credentials", "scope": SCOPES}
        answer = self._ask("POST", self.token_address, data=form, auth=(self.client_id, self.secret))
        token = self._read(answer).get("access_token")
        if not isinstance(token, str):
            raise NotTold("the token endpoint gave no token")
        return token

    def _ask(self, method: str, address: str, **more: Any) -> requests.Response:  # noqa: ANN401 -- what requests takes
        try:
            return self._session.request(method, address, timeout=PATIENCE_S, allow_redirects=False, **more)
        except requests.RequestException as failure:
            raise NotTold(f"{address}: {type(failure).__name__}") from None

    def _read(self, answer: requests.Response) -> dict[str, Any]:
        place = answer.url.partition("?")[0]
        try:
            told = answer.json()
        except ValueError:
            told = None
        if answer.status_code != HTTPStatus.OK or not isinstance(told, dict):
            said = told.get("imsx_description") or told.get("error") if isinstance(told, dict) else ""
            raise NotTold(f"{place}: {answer.status_code} {said or ''}".strip())
        return told


def _wait_of(answer: requests.Response, number: int) -> float:
    told = answer.headers.get("Retry-After", "")
    return min(float(told) if told.isdigit() else 2.0**number, LONGEST_WAIT_S)
