"""A program that calls the API with somebody's token."""

from __future__ import annotations

import json
import uuid

from django.test import Client

from xingtan.foundation.people.models import Grant
from xingtan.foundation.people.tokens import issue_token

ROOT = "/api/v1"


def token_of(actor, *, now):
    """A new token of the actor's grant."""
    grant = Grant.objects.select_related("account", "organisation").get(
        account_id=actor.account_id, role=actor.role, organisation_id=actor.organisation_id
    )
    return issue_token(actor=actor, grant=grant, name="tests", now=now)


class Caller:
    """Calls as this actor; without an actor, without a token."""

    def __init__(self, actor=None, *, now=None, language=""):
        self.client = Client(raise_request_exception=False)
        self.headers = {"Accept-Language": language} if language else {}
        if actor is not None:
            self.headers["Authorization"] = f"Bearer {token_of(actor, now=now)}"

    def get(self, path, **params):
        return self.client.get(f"{ROOT}{path}", params, headers=self.headers)

    def post(self, path, body=None, *, key=None):
        """A JSON body; with a key of its own unless one is given ("" sends none)."""
        headers = self._with_key(key)
        return self.client.post(f"{ROOT}{path}", json.dumps(body), content_type="application/json", headers=headers)

    def hand_in(self, path, values, *, key=None):
        """A form with files."""
        return self.client.post(f"{ROOT}{path}", values, headers=self._with_key(key))

    def rows(self, path, **params):
        """All rows of a list, page by page."""
        rows, cursor = [], ""
        while cursor is not None:
            page = self.get(path, cursor=cursor, **params).json()
            rows += page["rows"]
            cursor = page["next"]
        return rows

    def _with_key(self, key):
        key = str(uuid.uuid4()) if key is None else key
        return self.headers | ({"Idempotency-Key": key} if key else {})
