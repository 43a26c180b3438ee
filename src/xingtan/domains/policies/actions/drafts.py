"""Writing drafts: begin, save, restore, put aside and take up again."""

from __future__ import annotations

from datetime import datetime, timedelta

from xingtan.core.calendar import SHANGHAI
from xingtan.core.policy import bundled
from xingtan.domains.policies.access import WRITE_DRAFTS
from xingtan.domains.policies.checking import LARGEST_TEXT, Checked, check_text, normal, value_at
from xingtan.domains.policies.models import DraftSave, PolicyDraft, PolicyPack
from xingtan.domains.policies.queries.drafts import checked_for, draft_by_id, names_of_accounts, save_of, titles_of, versions_of
from xingtan.domains.policies.queries.years import pack_by_id
from xingtan.domains.policies.rules import refuse_move, refuse_writing
from xingtan.domains.policies.states import DraftState, SaveKind
from xingtan.domains.policies.versions import newer
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.foundation.scope.models import Kind, Organisation

# What is typed within this time by the same person is one row of the history.
GROWING = timedelta(minutes=10)
LONGEST_NAME = 200


@atomic
def start_from_pack(*, actor: Actor, pack_id: int, now: datetime) -> PolicyDraft:
    """A draft that begins with an adopted pack's words, under a version that is still free."""
    require(actor, WRITE_DRAFTS)
    pack = pack_by_id(pack_id)
    text = newer(pack.text, pack.version, versions_of(pack.code))
    return _start(actor, text, base=pack, base_text=pack.text, name=f"{pack.code} {pack.version}", now=now)


@atomic
def start_from_bundled(*, actor: Actor, code: str, now: datetime) -> PolicyDraft:
    """A draft that begins with the words of a pack that came with the program."""
    require(actor, WRITE_DRAFTS)
    text = bundled().get(code)
    if text is None:
        raise NotInScope
    version = str(value_at(check_text(text).data, ("version",)))
    return _start(actor, newer(text, version, versions_of(code)), base=None, base_text=text, name=f"{code} {version}", now=now)


@atomic
def start_from_text(*, actor: Actor, text: str, name: str, now: datetime) -> PolicyDraft:
    """A draft with the words of a file, whatever is wrong with them; its base is the latest adopted pack of the same code, if there is one."""
    require(actor, WRITE_DRAFTS)
    text = _measured(text)
    code = str(value_at(check_text(text).data, ("code",)) or "")
    base = PolicyPack.objects.filter(code=code).order_by("-adopted_at", "-pk").first()
    base_name = f"{base.code} {base.version}" if base else name
    return _start(actor, text, base=base, base_text=base.text if base else text, name=base_name, now=now)


@atomic
def start_from_draft(*, actor: Actor, pid: str, text: str | None = None, now: datetime) -> PolicyDraft:
    """A draft of its own with the words of another (or with words that were typed over it), on the same base."""
    require(actor, WRITE_DRAFTS)
    other = draft_by_id(actor, pid)
    words = _measured(text) if text is not None else other.text
    return _start(actor, words, base=other.base, base_text=other.base_text, name=other.base_name, now=now)


@atomic
def save_draft(*, actor: Actor, pid: str, text: str, revision: int, kind: SaveKind = SaveKind.MANUAL, now: datetime) -> PolicyDraft:
    """The draft has this text; refused when somebody saved since `revision` was read, and then nothing is overwritten."""
    require(actor, WRITE_DRAFTS)
    draft = held(actor, pid)
    text = _measured(text)
    refuse(refuse_writing(DraftState(draft.state)))
    if draft.text == text:
        return draft
    if revision != draft.revision:
        _changed(draft)
    return _save(draft, actor, text, kind, now)


@atomic
def restore_draft(*, actor: Actor, pid: str, revision: int, now: datetime) -> PolicyDraft:
    """The draft has the text that was saved under this number again; what stood there stays in the history."""
    require(actor, WRITE_DRAFTS)
    draft = held(actor, pid)
    refuse(refuse_writing(DraftState(draft.state)))
    saved = save_of(draft, revision)
    return draft if draft.text == saved.text else _save(draft, actor, saved.text, SaveKind.RESTORE, now)


@atomic
def discard_draft(*, actor: Actor, pid: str, now: datetime) -> PolicyDraft:
    """The draft is put aside; nothing of it is lost and it can be taken up again."""
    return _move(actor, pid, DraftState.DISCARDED, "policies.draft_discarded", now)


@atomic
def take_up_draft(*, actor: Actor, pid: str, now: datetime) -> PolicyDraft:
    """A draft that was put aside is written again."""
    return _move(actor, pid, DraftState.EDITING, "policies.draft_taken_up", now)


def _move(actor: Actor, pid: str, to: DraftState, act: str, now: datetime) -> PolicyDraft:
    require(actor, WRITE_DRAFTS)
    draft = held(actor, pid)
    if draft.state == to:
        return draft
    refuse(refuse_move(DraftState(draft.state), to))
    draft.state, draft.changed_at = to, now
    draft.save(update_fields=["state", "changed_at"])
    record(actor, act, "policy_draft", [draft.pk], now=now)
    return draft


def held(actor: Actor, pid: str) -> PolicyDraft:
    """The draft, locked until the transaction ends; `NotInScope` outside the branch."""
    found = PolicyDraft.objects.within(actor.scope).select_for_update(of=("self",)).select_related("organisation", "pack")
    draft = found.filter(public_id=pid).first()
    if draft is None:
        raise NotInScope
    return draft


def refuse(code: str | None) -> None:
    """Nothing, or the refusal of this code."""
    if code is not None:
        raise Refused(code)


def _changed(draft: PolicyDraft) -> None:
    who = names_of_accounts([draft.changed_by_id]).get(draft.changed_by_id or 0, "")
    at = draft.changed_at.astimezone(SHANGHAI).strftime("%H:%M")
    raise Refused("draft_changed", who=who, at=at, number=draft.revision)


def _measured(text: str) -> str:
    text = normal(text)
    if len(text.encode()) > LARGEST_TEXT:
        raise Refused("draft_too_long", kilobytes=LARGEST_TEXT // 1024)
    return text


def _start(actor: Actor, text: str, *, base: PolicyPack | None, base_text: str, name: str, now: datetime) -> PolicyDraft:
    province = Organisation.objects.within(actor.scope).filter(pk=actor.organisation_id or 0, kind=Kind.PROVINCE).first()
    if province is None:
        raise Refused("draft_not_of_a_province")
    draft: PolicyDraft = PolicyDraft.everywhere.create(
        organisation=province,
        base=base,
        base_name=name[:LONGEST_NAME],
        base_text=normal(base_text),
        text=normal(text),
        title=name[:LONGEST_NAME],
        made_at=now,
        made_by_id=actor.account_id,
        changed_at=now,
        changed_by_id=actor.account_id,
    )
    _look(draft, checked_for(draft, draft.text))
    draft.save()
    _keep(draft, actor, SaveKind.START, now)
    record(actor, "policies.draft_started", "policy_draft", [draft.pk], now=now, detail={"base": draft.base_name})
    return draft


def _save(draft: PolicyDraft, actor: Actor, text: str, kind: SaveKind, now: datetime) -> PolicyDraft:
    draft.text, draft.revision = text, draft.revision + 1
    draft.changed_at, draft.changed_by_id = now, actor.account_id
    _look(draft, checked_for(draft, text))
    draft.save()
    _keep(draft, actor, kind, now)
    if kind is not SaveKind.AUTO:
        record(actor, "policies.draft_saved", "policy_draft", [draft.pk], now=now, detail={"revision": draft.revision})
    return draft


def _look(draft: PolicyDraft, checked: Checked) -> None:
    """The draft knows how many mistakes it has, its latest readable text and its latest without a mistake."""
    draft.mistakes = len(checked.problems)
    if checked.data is not None:
        draft.readable_text = draft.text
        draft.title, draft.title_en = titles_of(checked, draft.title)
    if not checked.problems:
        draft.valid_text, draft.valid_revision = draft.text, draft.revision


def _keep(draft: PolicyDraft, actor: Actor, kind: SaveKind, now: datetime) -> None:
    """The text stands in the history; a row that grows never takes the place of one that was better."""
    last = DraftSave.objects.filter(draft=draft).order_by("-revision").first()
    grows = last is not None and last.kind == kind == SaveKind.AUTO and last.saved_by_id == actor.account_id
    if last is not None and grows and now - last.saved_at < GROWING and (last.mistakes or not draft.mistakes):
        last.delete()
    DraftSave.objects.create(
        draft=draft,
        revision=draft.revision,
        text=draft.text,
        kind=kind,
        mistakes=draft.mistakes,
        saved_at=now,
        saved_by_id=actor.account_id,
    )
