"""A form's action and its answer: done, or the same page with the refusal's sentence beside what was typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django import forms
from django.http import HttpResponse
from django.shortcuts import render

from xingtan.foundation.refusal import Refused
from xingtan.web.http import Request
from xingtan.web.words import refusal_sentence

T = TypeVar("T")
REFUSED, UNREADABLE = 409, 422


class OfficeForm(forms.Form):
    """A form that remembers why its action was refused."""

    refusal: Refused | None = None


def tried(form: OfficeForm, act: Callable[[], T]) -> T | None:
    """What the action made, or None with its refusal's sentence on the form."""
    try:
        return act()
    except Refused as refused:
        form.add_error(None, refusal_sentence(refused))
        form.refusal = refused
        return None


def form_page(request: Request, template: str, form: OfficeForm, facts: Mapping[str, Any] | None = None) -> HttpResponse:
    """The form's page: 409 after a refusal, 422 after bad input, 200 before anything was sent."""
    status = 200 if not form.is_bound else REFUSED if form.refusal else UNREADABLE if form.errors else 200
    return render(request, template, {**(facts or {}), "form": form}, status=status)
