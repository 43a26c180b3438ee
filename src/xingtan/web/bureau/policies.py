"""Policy packs: what was adopted, what waits, and a pack's rules to read."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xingtan.core.policy import bundled, bundled_policy
from xingtan.domains.policies import api as policies
from xingtan.foundation.refusal import NotInScope
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.tables import page_of

from .answers import form_page, tried
from .forms import PackForm
from .rulebook import chapters, component_names, items_table, said


@require_safe
@allowed(policies.SEE_POLICIES)
def packs(request: Request) -> HttpResponse:
    """The adopted packs; for the province also those that wait, and a file of one's own."""
    return form_page(request, "bureau/policies.html", PackForm(), _list(request))


def _list(request: Request) -> dict[str, object]:
    may_adopt = request.actor.may(policies.ADOPT_PACK)
    waiting = [bundled_policy(code) for code, _text in policies.waiting_packs()] if may_adopt else []
    rows = [{"code": policy.code, "version": policy.version, "title": said(policy.title)} for policy in waiting]
    return {"page_rows": page_of(request, policies.packs()), "waiting": rows, "may_adopt": may_adopt}


@require_POST
@allowed(policies.ADOPT_PACK)
def adopt(request: Request) -> HttpResponse:
    """The file's pack is adopted, or every mistake is listed with its line."""
    form = PackForm(request.POST, request.FILES)
    if form.is_valid():
        pack = tried(form, lambda: policies.adopt_pack(actor=request.actor, text=form.cleaned_data["pack"], now=request.now))
        if pack is not None:
            return _adopted(request, pack)
    return form_page(request, "bureau/policies.html", form, _list(request))


@require_POST
@allowed(policies.ADOPT_PACK)
def adopt_bundled(request: Request, code: str) -> HttpResponse:
    """A pack that came with the program is adopted."""
    text = bundled().get(code)
    if text is None:
        raise NotInScope
    return _adopted(request, policies.adopt_pack(actor=request.actor, text=text, now=request.now))


def _adopted(request: Request, pack: policies.PolicyPack) -> HttpResponse:
    messages.success(request, _("The pack %(pack)s, version %(version)s, is adopted.") % {"pack": pack, "version": pack.version})
    return redirect("bureau:policy", pack.pk)


@require_safe
@allowed(policies.SEE_POLICIES)
def pack(request: Request, pack_id: int) -> HttpResponse:
    """The pack to read: every rule with its number, the sentence it comes from, and our reading where there is one."""
    held = policies.pack_by_id(pack_id)
    policy = policies.policy_of_pack(held)
    facts = {
        "pack": held,
        "policy": policy,
        "title": said(policy.title),
        "chapters": chapters(policy),
        "items": items_table(policy),
        "component_names": component_names(policy),
        "documents": [said(source.title) for source in policy.sources],
    }
    return render(request, "bureau/policy.html", facts)
