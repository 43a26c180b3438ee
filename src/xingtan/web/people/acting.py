"""One act after a form: done, it answers with the page; refused, the filled form comes back with the sentence."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from xingtan.foundation.refusal import Refused
from xingtan.web.http import Request
from xingtan.web.words import refusal_sentence

Page = Callable[[forms.Form, int], HttpResponse]


def acted(request: Request, form: forms.Form, act: Callable[[], object], page: Page, *, done: str, then: str) -> HttpResponse:
    """The act has happened and the browser goes on to `then`; else the page with the form: 422 when it is not filled, 409 when refused."""
    if not form.is_valid():
        return page(form, 422)
    try:
        act()
    except Refused as refused:
        form.add_error(None, refusal_sentence(refused))
        return page(form, 409)
    messages.success(request, done)
    return redirect(then)


def pressed(request: Request, act: Callable[[], object], *, done: str, then: str) -> HttpResponse:
    """The same for a button without a form: a refusal is told on the page that comes next."""
    try:
        act()
    except Refused as refused:
        messages.error(request, refusal_sentence(refused))
    else:
        messages.success(request, done)
    return redirect(then)
