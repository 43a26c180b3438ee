"""The policy workbench: drafts of packs, begun, written, restored, put aside."""

from __future__ import annotations

import json

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from xingtan.core.policy import bundled, bundled_policy
from xingtan.domains.policies import api as policies
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.tables import page_of
from xingtan.web.words import refusal_sentence

from .answers import REFUSED, UNREADABLE, OfficeForm, form_page, tried
from .forms import PackForm
from .rulebook import said
from .workbench_fixes import Fix, mended
from .workbench_page import STATE_CHIPS, bench
from .workbench_trial import trial_panel


class TextForm(OfficeForm):
    """The draft's text and the number of the save that it was read from."""

    text = forms.CharField(strip=False, required=False, max_length=600_000)
    revision = forms.IntegerField(min_value=0)
    kind = forms.ChoiceField(choices=[("manual", "manual"), ("auto", "auto")], required=False)


class SourceForm(OfficeForm):
    """What a draft begins with."""

    source = forms.CharField(label=gettext_lazy("Begin with"), max_length=80)


@require_safe
@allowed(policies.WRITE_DRAFTS)
def drafts(request: Request) -> HttpResponse:
    """The drafts of the province, and where a new one may begin."""
    return form_page(request, "bureau/workbench/drafts.html", PackForm(), _list(request))


def _list(request: Request) -> dict[str, object]:
    page = page_of(request, policies.drafts_in(request.actor))
    names = policies.names_of_accounts([row.changed_by_id for row in page.rows])
    rows = []
    for row in page.rows:
        state = policies.DraftState(row.state)
        rows.append(
            {
                "row": row,
                "state": policies.DRAFT_STATE_LABELS[state],
                "chip": STATE_CHIPS[state],
                "who": names.get(row.changed_by_id or 0, ""),
            }
        )
    sources = [(f"pack:{pack.pk}", f"{pack} · {pack.code} {pack.version}") for pack in policies.packs()]
    known = [(f"bundled:{code}", f"{said(bundled_policy(code).title)} · {code}") for code in bundled()]
    return {"page_rows": page, "drafts": rows, "packs": sources, "bundled": known}


@require_POST
@allowed(policies.WRITE_DRAFTS)
def start(request: Request) -> HttpResponse:
    """A draft has begun with a pack's words, another draft's, or a file's."""
    if request.FILES:
        form = PackForm(request.POST, request.FILES)
        name = str(getattr(request.FILES.get("pack"), "name", ""))
        made = tried(form, lambda: _from_file(request, form, name)) if form.is_valid() else None
        return _begun(made) if made else form_page(request, "bureau/workbench/drafts.html", form, _list(request))
    source = SourceForm(request.POST)
    if not source.is_valid():
        raise NotInScope
    kind, _colon, key = source.cleaned_data["source"].partition(":")
    return _begun(_from(request, kind, key))


def _from_file(request: Request, form: OfficeForm, name: str) -> policies.PolicyDraft:
    return policies.start_from_text(actor=request.actor, text=form.cleaned_data["pack"], name=name, now=request.now)


def _from(request: Request, kind: str, key: str) -> policies.PolicyDraft:
    if kind == "pack" and key.isascii() and key.isdigit():
        return policies.start_from_pack(actor=request.actor, pack_id=int(key), now=request.now)
    if kind == "bundled":
        return policies.start_from_bundled(actor=request.actor, code=key, now=request.now)
    if kind == "draft":
        return policies.start_from_draft(actor=request.actor, pid=key, now=request.now)
    raise NotInScope


def _begun(draft: policies.PolicyDraft) -> HttpResponse:
    return redirect("bureau:draft", draft.public_id)


@require_safe
@allowed(policies.WRITE_DRAFTS)
def draft(request: Request, pid: str) -> HttpResponse:
    """The workbench: the text, the rules to read, the trial."""
    held = policies.draft_by_id(request.actor, pid)
    return render(request, "bureau/workbench/draft.html", {**bench(request, held), **trial_panel(request, held)})


def is_live(request: Request) -> bool:
    """True when the page's own script saves and wants the parts that changed, not a page."""
    return request.headers.get("X-Workbench") == "live"


@require_POST
@allowed(policies.WRITE_DRAFTS)
def save(request: Request, pid: str) -> HttpResponse:
    """The text is kept; or the page comes back with what was typed and why it was not."""
    form, held = TextForm(request.POST), policies.draft_by_id(request.actor, pid)
    if not form.is_valid():
        return _refused(request, held, _("The text cannot be kept: it is too long or holds a character that no text has."), UNREADABLE)
    typed, revision = form.cleaned_data["text"], form.cleaned_data["revision"]
    kind = policies.SaveKind(form.cleaned_data["kind"] or "manual")
    try:
        held = policies.save_draft(actor=request.actor, pid=pid, text=typed, revision=revision, kind=kind, now=request.now)
    except Refused as refused:
        return _refused(request, held, refusal_sentence(refused), REFUSED, text=typed, is_conflict=refused.code == "draft_changed")
    if is_live(request):
        return render(request, "bureau/workbench/live.html", bench(request, held))
    messages.success(request, _("The draft is saved."))
    return redirect("bureau:draft", pid)


def _refused(
    request: Request, draft: policies.PolicyDraft, sentence: str, status: int, *, text: str | None = None, is_conflict: bool = False
) -> HttpResponse:
    facts = {"refusal": sentence, "is_conflict": is_conflict}
    if is_live(request):
        return render(request, "bureau/workbench/refusal.html", {"draft": draft, **facts}, status=status)
    shown = text.replace("\r\n", "\n") if text is not None else None
    page = {**bench(request, draft, text=shown), **trial_panel(request, draft), **facts}
    return render(request, "bureau/workbench/draft.html", page, status=status)


@require_POST
@allowed(policies.WRITE_DRAFTS)
def fix(request: Request, pid: str) -> HttpResponse:
    """What was typed is kept with the proposed fix in it."""
    form, held = TextForm(request.POST), policies.draft_by_id(request.actor, pid)
    wanted = _fix_of(request.POST.get("fix", ""))
    if not form.is_valid() or wanted is None:
        raise Refused("draft_line_changed")
    typed = form.cleaned_data["text"].replace("\r\n", "\n") or held.text
    text = mended(typed, wanted)
    if text is None:
        return _refused(request, held, refusal_sentence(Refused("draft_line_changed")), REFUSED, text=typed)
    revision = form.cleaned_data["revision"]
    try:
        policies.save_draft(actor=request.actor, pid=pid, text=text, revision=revision, kind=policies.SaveKind.FIX, now=request.now)
    except Refused as refused:
        return _refused(request, held, refusal_sentence(refused), REFUSED, text=text, is_conflict=refused.code == "draft_changed")
    return redirect(f"{reverse('bureau:draft', args=[pid])}?line={wanted.line}")


def _fix_of(sent: str) -> Fix | None:
    try:
        line, old, new = json.loads(sent)
        return Fix(int(line), str(old), str(new))
    except (ValueError, TypeError):
        return None


@require_POST
@allowed(policies.WRITE_DRAFTS)
def copy(request: Request, pid: str) -> HttpResponse:
    """What was typed (or what stands there) is a draft of its own."""
    text = request.POST.get("text")
    made = policies.start_from_draft(actor=request.actor, pid=pid, text=text, now=request.now)
    messages.success(request, _("Your text is a draft of its own now."))
    return redirect("bureau:draft", made.public_id)


@require_safe
@allowed(policies.WRITE_DRAFTS)
def history(request: Request, pid: str) -> HttpResponse:
    """Every saved text, to compare and to restore."""
    held = policies.draft_by_id(request.actor, pid)
    page = page_of(request, policies.saves_of(held))
    names = policies.names_of_accounts([row.saved_by_id for row in page.rows])
    rows = [
        {"row": row, "kind": policies.SAVE_LABELS[policies.SaveKind(row.kind)], "who": names.get(row.saved_by_id or 0, "")}
        for row in page.rows
    ]
    facts = {"draft": held, "page_rows": page, "saves": rows, "is_open": held.state == policies.DraftState.EDITING}
    return render(request, "bureau/workbench/history.html", facts)


@require_POST
@allowed(policies.WRITE_DRAFTS)
def restore(request: Request, pid: str) -> HttpResponse:
    """An earlier text stands in the draft again."""
    wanted = request.POST.get("revision", "")
    policies.draft_by_id(request.actor, pid)
    if not (wanted.isascii() and wanted.isdigit() and len(wanted) < 9):
        raise NotInScope
    policies.restore_draft(actor=request.actor, pid=pid, revision=int(wanted), now=request.now)
    messages.success(request, _("The text of save %(number)s stands here again.") % {"number": wanted})
    return redirect("bureau:draft", pid)


@require_POST
@allowed(policies.WRITE_DRAFTS)
def discard(request: Request, pid: str) -> HttpResponse:
    """The draft is put aside."""
    policies.discard_draft(actor=request.actor, pid=pid, now=request.now)
    messages.success(request, _("The draft is put aside. It stands at the end of this list and can be taken up again."))
    return redirect("bureau:drafts")


@require_POST
@allowed(policies.WRITE_DRAFTS)
def take_up(request: Request, pid: str) -> HttpResponse:
    """The draft is written again."""
    policies.take_up_draft(actor=request.actor, pid=pid, now=request.now)
    return redirect("bureau:draft", pid)
