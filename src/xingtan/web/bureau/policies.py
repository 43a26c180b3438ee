"""Policy packs: what was adopted, what waits, and a pack's rules to read."""

from __future__ import annotations

from dataclasses import replace

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

from .rulebook import Chapter, chapters, component_names, items_table, said


@require_safe
@allowed(policies.SEE_POLICIES)
def packs(request: Request) -> HttpResponse:
    """The adopted packs with the years that are bound to them; for the province also those that wait."""
    return render(request, "bureau/policies.html", _list(request))


def _list(request: Request) -> dict[str, object]:
    may_adopt = request.actor.may(policies.ADOPT_PACK)
    waiting = [bundled_policy(code) for code, _text in policies.waiting_packs()] if may_adopt else []
    rows = [{"code": policy.code, "version": policy.version, "title": said(policy.title)} for policy in waiting]
    page = page_of(request, policies.packs())
    years = policies.years_of_packs(request.actor, [pack.pk for pack in page.rows])
    packs = [(pack, years.get(pack.pk, [])) for pack in page.rows]
    may_draft = request.actor.may(policies.WRITE_DRAFTS)
    return {"page_rows": page, "packs": packs, "waiting": rows, "may_adopt": may_adopt, "may_draft": may_draft}


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
    checked = policies.check_text(held.text)
    data = checked.data or {}
    facts = {
        "pack": held,
        "title": held,
        "chapters": [_without_items(chapter) for chapter in chapters(checked) if chapter.key != "basics"],
        "items": items_table(data),
        "gaps": policies.rows_of(data, "gap"),
        "component_names": component_names(data),
        "documents": [policies.table_name(row) for row in policies.rows_of(data, "document")],
        "years": policies.years_of_packs(request.actor, [held.pk]).get(held.pk, []),
        "may_draft": request.actor.may(policies.WRITE_DRAFTS),
    }
    return render(request, "bureau/policy.html", facts)


def _without_items(chapter: Chapter) -> Chapter:
    """The chapter without the items and gaps, which have a table of their own on the page."""
    return replace(chapter, lines=[line for line in chapter.lines if not line.key.startswith(("item/", "gap/"))])
