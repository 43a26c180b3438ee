"""What makes walking thousands of addresses quick without asking fewer: no copies of contexts, a press that is told and sets nothing.

A refusal's page is told by its status where only that is looked at; `test_a_refusal_is_a_whole_page` looks at the pages themselves.
"""

from __future__ import annotations

import io
import json
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.http import HttpResponse
from django.test import Client
from pypdf import PdfWriter

PRINTED: list[str] = []
"""What the press was given to set, in words: sheets are read more easily before they are set."""


class Walker(Client):
    """A client that keeps cookies and nothing else of an answer: Django's own copies every template's context."""

    def __init__(self) -> None:
        super().__init__(raise_request_exception=False)

    def request(self, **request):
        """The answer."""
        response = self.handler(self._base_environ(**request))
        self.cookies.update(response.cookies)
        return response


def press(_command, *, input, **_more):  # noqa: A002 -- the name that subprocess.run has
    """As `subprocess.run` of the press would answer: a PDF of as many empty pages as were asked for."""
    PRINTED.append(input.decode())
    book, made = PdfWriter(), io.BytesIO()
    for _page in json.loads(input).get("sizes", [None]):
        book.add_blank_page(595, 842)
    book.write(made)
    return SimpleNamespace(returncode=0, stdout=made.getvalue(), stderr=b"")


@pytest.fixture(scope="module")
def told_press():
    """Sheets are told, not set: the typesetter is a program of its own, with tests of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(import_module("xingtan.domains.certificates.sheets.setting"), "subprocess", SimpleNamespace(run=press))
        yield


@pytest.fixture
def bare_refusals(monkeypatch):
    """Pages of refusals are their status alone."""
    errors = import_module("xingtan.web.errors")
    monkeypatch.setattr(errors, "render", lambda _request, _template, _facts, status: HttpResponse(status=status))
