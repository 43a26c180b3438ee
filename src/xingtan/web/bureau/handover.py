"""Handing an office over: what passes, told before and kept after, in one act."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from xingtan.foundation.db import atomic
from xingtan.foundation.people.grants import GIVE_ROLES
from xingtan.foundation.people.handover import hand_over, handovers_in, holder_in, passing_roles, successor_code
from xingtan.foundation.people.models import Account, Handover
from xingtan.foundation.people.roles import Role
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.web.access import allowed
from xingtan.web.duties import warn_of_both_duties
from xingtan.web.http import Request
from xingtan.web.words import refusal_sentence, role_word

from .passing import pass_work, work_of
from .people import new_account_or_known

ITEMS: Mapping[str, str | Promise] = {
    "queue": pgettext_lazy("handover", "Entries that wait for this office"),
    "selections": pgettext_lazy("handover", "Selections that wait for confirmation"),
    "drafts": pgettext_lazy("handover", "Drafts of policies and projects"),
    "objections": pgettext_lazy("handover", "Objections to answer"),
    "jobs": pgettext_lazy("handover", "Jobs with their results and files"),
    "messages": pgettext_lazy("handover", "Unanswered messages"),
    "deputies": pgettext_lazy("handover", "Deputies that end"),
    "keys": pgettext_lazy("handover", "API keys that end"),
}


class SuccessorForm(forms.Form):
    """Who takes over: someone who has an account, or a name for whom one is opened."""

    identity = forms.CharField(label=gettext_lazy("Sign-in name, identity number or phone"), max_length=40)
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("Only for someone new; an account is opened under the sign-in name."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(GIVE_ROLES)
def handover(request: Request, pid: str) -> HttpResponse:
    """What would pass from this office holder; the form does it, all or nothing."""
    holder = holder_in(request.actor.scope, pid, request.today)
    form = SuccessorForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, holder, form, 422 if form.errors else 200)
    try:
        kept = _done(request, holder, form)
    except Refused as refused:
        form.add_error(None, refusal_sentence(refused))
        return _page(request, holder, form, 409)
    warn_of_both_duties(request, kept.successor, request.today)
    return redirect("bureau:handed", kept.public_id)


@atomic
def _done(request: Request, holder: Account, form: SuccessorForm) -> Handover:
    told, actor = form.cleaned_data, request.actor
    successor, _is_new = new_account_or_known(request, told["identity"], told["name"])
    roles = list(passing_roles(actor.scope, holder.pk, request.today))
    items = work_of(actor, holder.pk, roles, request.today) | pass_work(actor, holder.pk, successor.pk, roles, now=request.now)
    return hand_over(actor=actor, holder_id=holder.pk, successor_id=successor.pk, items=items, now=request.now)


def _page(request: Request, holder: Account, form: SuccessorForm, status: int) -> HttpResponse:
    roles = list(passing_roles(request.actor.scope, holder.pk, request.today))
    rows = [(role_word(Role(grant.role)), grant) for grant in roles if grant.deputy_for_id is None]
    items = named_items(work_of(request.actor, holder.pk, roles, request.today))
    return render(request, "bureau/handover.html", {"form": form, "holder": holder, "roles": rows, "items": items}, status=status)


def named_items(items: Mapping[str, int]) -> list[tuple[str | Promise, int]]:
    """What passes, in words with its number, in a steady order."""
    return [(word, items.get(key, 0)) for key, word in ITEMS.items()]


@require_safe
@allowed(GIVE_ROLES)
def handed(request: Request, pid: str) -> HttpResponse:
    """What passed, to whom, and the successor's code where this act opened the account and it waits to be activated."""
    kept = handovers_in(request.actor.scope).filter(public_id=pid).first()
    if kept is None:
        raise NotInScope
    code = successor_code(kept, request.actor, request.today)
    roles = [role_word(Role(one["role"])) for one in kept.roles]
    facts = {"kept": kept, "roles": roles, "items": named_items(kept.items), "code": code}
    answer = render(request, "bureau/handed.html", facts)
    answer["Cache-Control"] = "private, no-store"
    return answer
