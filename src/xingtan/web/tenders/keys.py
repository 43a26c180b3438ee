"""The own key of a tender: made, tried, turned. The passphrase is shown once, in the answer to the act that made it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from xingtan.domains.tenders import api as tenders
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.words import refusal_sentence

from . import words
from .forms import PassphraseForm


def _page(request: Request, pid: str, form: PassphraseForm, *, passphrase: str = "", status: int = 200) -> HttpResponse:
    holder = tenders.own_key(request.actor.account_id, pid)
    if holder is None:
        raise NotInScope
    others = [one for one in tenders.holders_of(holder.tender) if one.side != holder.side]
    facts = {
        "holder": holder,
        "tender": holder.tender,
        "side": words.SIDES[tenders.Side(holder.side)],
        "passphrase": passphrase,
        "form": form,
        "others": others,
        "is_closed": request.now >= holder.tender.closes_at,
        "mark": f"{holder.public_key[:8]} {holder.public_key[8:16]}",
    }
    response = render(request, "tenders/key.html", facts, status=status)
    response["Cache-Control"] = "no-store"
    return response


@require_safe
@allowed(tenders.HOLD_KEY)
def key(request: Request, pid: str) -> HttpResponse:
    """What this person's key is for, and what is to be done with it now."""
    return _page(request, pid, PassphraseForm())


@require_POST
@never_cache
@allowed(tenders.HOLD_KEY)
def key_make(request: Request, pid: str) -> HttpResponse:
    """A fresh key, and its passphrase on the page, this once."""
    try:
        passphrase = tenders.make_key(actor=request.actor, pid=pid, now=request.now)
    except Refused as refused:
        messages.error(request, refusal_sentence(refused))
        return redirect("bureau:tender_key", pid)
    return _page(request, pid, PassphraseForm(), passphrase=passphrase)


@sensitive_post_parameters("passphrase")
@require_POST
@allowed(tenders.HOLD_KEY)
def key_confirm(request: Request, pid: str) -> HttpResponse:
    """The passphrase was typed back: the key is ready, or was tried out."""
    form = PassphraseForm(request.POST)
    if not form.is_valid():
        return _page(request, pid, form, status=422)
    try:
        tenders.confirm_key(actor=request.actor, pid=pid, passphrase=form.cleaned_data["passphrase"], now=request.now)
    except Refused as refused:
        form.add_error(None, refusal_sentence(refused))
        return _page(request, pid, form, status=409)
    messages.success(request, _("The passphrase opens your key."))
    return redirect("bureau:tender_key", pid)


@sensitive_post_parameters("passphrase")
@require_POST
@allowed(tenders.HOLD_KEY)
def key_turn(request: Request, pid: str) -> HttpResponse:
    """The key is turned; with one of the other side the bids are open."""
    form = PassphraseForm(request.POST)
    if not form.is_valid():
        return _page(request, pid, form, status=422)
    try:
        tender = tenders.turn_key(actor=request.actor, pid=pid, passphrase=form.cleaned_data["passphrase"], now=request.now)
    except Refused as refused:
        form.add_error(None, refusal_sentence(refused))
        return _page(request, pid, form, status=409)
    if tenders.is_opened(tender):
        messages.success(request, _("The bids are open."))
    else:
        messages.success(request, _("Your key is turned. Within half an hour the other side has to turn theirs."))
    return redirect("bureau:tender_key", pid)
