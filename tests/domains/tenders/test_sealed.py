"""Sealed means sealed: no role, no administrator, no operator with database, files and key ring opens a bid before two people do after the window."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.core import serializers

from tests import enrolling, tendering
from tests.foundation.blind_samples import docx
from tests.tendering import AFTER, CLOSES, OPENS, WITHIN
from xingtan.domains.tenders import api as tenders
from xingtan.domains.tenders.models import Bid, BidFile, BidSeal, Keyholder, Tender
from xingtan.foundation.audit.models import AuditLine
from xingtan.foundation.files.models import StoredFile
from xingtan.foundation.files.store import open_file, path_of_content
from xingtan.foundation.keys import locks
from xingtan.foundation.people.roles import OPERATOR, VISITOR, Role
from xingtan.foundation.refusal import NotAllowed, NotInScope, Refused

pytestmark = pytest.mark.django_db
SECRET = "谁也不该看见的方案"
ONE_MOMENT = timedelta(seconds=1)


@pytest.fixture
def cast(db):
    return tendering.build(experts=3)


@pytest.fixture
def tender(cast):
    made = tendering.published(cast)
    files = (("方案.docx", docx("明德", SECRET)),)
    tenders.submit(actor=cast.bidders[0], pid=made.public_id, offered=tendering.offered(SECRET, files=files), now=WITHIN)
    return made


def refused(code, act, **more):
    with pytest.raises(Refused) as why:
        act(**more)
    assert why.value.code == code


def everybody(cast):
    """One actor of every role there is, the operator and a visitor among them."""
    seats = {
        Role.TEACHER: cast.lin, Role.SCHOOL_CLERK: cast.chen, Role.SCHOOL_REVIEWER: cast.he, Role.COUNTY_OFFICER: cast.zhou,
        Role.PROVINCE_OFFICER: cast.mei, Role.SUPERVISOR: cast.supervisor, Role.PROVIDER_STAFF: cast.bidders[1],
        Role.EXPERT: tendering.actor_for(cast.experts[0].account_id, "expert"), Role.VISITOR: VISITOR, Role.OPERATOR: OPERATOR,
    }  # fmt: skip
    rest = set(Role) - set(seats)
    return [*seats.values(), *(enrolling.actor_of(role, cast.city) for role in sorted(rest))]


def test_every_role_tries_and_none_opens_a_bid_before_the_window_closes(cast, tender):
    bid = Bid.everywhere.get()
    for actor in everybody(cast):
        for passphrase in cast.passphrases.values():
            with pytest.raises((NotAllowed, NotInScope, Refused)):
                tenders.turn_key(actor=actor, pid=tender.public_id, passphrase=passphrase, now=CLOSES - ONE_MOMENT)
        for act in (tenders.draw_panel, tenders.begin_review, tenders.begin_defence, tenders.rank, tenders.award):
            with pytest.raises((NotAllowed, NotInScope, Refused)):
                act(actor=actor, pid=tender.public_id, now=AFTER)
        with pytest.raises(NotInScope):
            tenders.bid_of(tender, bid.public_id)
        assert tenders.bids_of(tender) == []
    bid.refresh_from_db()
    assert (bid.state, bid.content, bid.price_fen) == ("sealed", {}, None)


def test_at_the_last_moment_of_the_window_both_keys_are_refused_and_at_its_end_they_turn(cast, tender):
    for actor, passphrase in cast.passphrases.items():
        told = {"actor": actor, "pid": tender.public_id, "passphrase": passphrase}
        refused("tender_still_sealed", tenders.turn_key, **told, now=CLOSES - ONE_MOMENT)
    assert tendering.opened(cast, tender, now=CLOSES).state == "opened"


def test_one_person_alone_opens_nothing_however_often_the_key_is_turned(cast, tender):
    for _ in range(3):
        tenders.turn_key(actor=cast.mei, pid=tender.public_id, passphrase=cast.passphrases[cast.mei], now=AFTER)
    assert Tender.everywhere.get().state == "published"
    refused("key_wrong_passphrase", tenders.turn_key, actor=cast.mei, pid=tender.public_id, now=AFTER,
            passphrase=cast.passphrases[cast.supervisor])  # fmt: skip


def test_two_keys_that_are_turned_at_different_times_open_nothing(cast, tender):
    tenders.turn_key(actor=cast.mei, pid=tender.public_id, passphrase=cast.passphrases[cast.mei], now=AFTER)
    later = AFTER + timedelta(minutes=31)
    told = {"actor": cast.supervisor, "pid": tender.public_id, "passphrase": cast.passphrases[cast.supervisor]}
    assert tenders.turn_key(**told, now=later).state == "published"
    tenders.turn_key(actor=cast.mei, pid=tender.public_id, passphrase=cast.passphrases[cast.mei], now=later)
    assert Tender.everywhere.get().state == "opened"


def test_nobody_holds_both_sides(cast):
    made = tendering.drafted(cast)
    grant = tendering.Grant.objects.get(account_id=cast.mei.account_id).pk
    refused("key_not_for_this_side", tenders.appoint, actor=cast.mei, pid=made.public_id, grant_id=grant, side=tenders.Side.WITNESS,
            now=tendering.NOW)  # fmt: skip
    tendering.key_for(cast, made, cast.mei, "office")
    refused("tender_keys_missing", tenders.publish_tender, actor=cast.mei, pid=made.public_id, now=tendering.NOW)


def test_the_operator_with_database_files_and_key_ring_finds_nothing_to_read(cast, tender):
    """Everything that lies on the machine: no row, no file and no key of it says or opens what was sealed, whole or one side missing."""
    rows = serializers.serialize("json", [*Tender.everywhere.all(), *Bid.everywhere.all(), *BidSeal.objects.all(), *BidFile.objects.all()])
    rows += serializers.serialize("json", [*StoredFile.everywhere.all(), *AuditLine.objects.all(), *Keyholder.objects.all()])
    files = b"".join(one.read_bytes() for one in Path(settings.HOME).rglob("*") if one.is_file() and one.stat().st_size < 5 << 20)
    for needle in (SECRET, "十门课程", "苏桐", *cast.passphrases.values()):
        assert needle not in rows
        assert SECRET.encode() not in files
    assert all(phrase.encode() not in files and phrase.replace("-", "").encode() not in files for phrase in cast.passphrases.values())
    seal = BidSeal.objects.select_related("sealed", "bid").get()
    sealed = path_of_content(seal.sealed.sha256).read_bytes()
    assert len(sealed) % (1 << 16) < 100, "its size is rounded up and says little"
    holders = {one.side: one for one in Keyholder.objects.all()}
    for side, phrase in (("office", cast.passphrases[cast.mei]), ("witness", cast.passphrases[cast.supervisor])):
        name = f"{tender.public_id}/{holders[side].account_id}"
        half = locks.unseal_half(locks.private_of(holders[side].closed_key, phrase, name), holders[side].half, name)
        for guess in (bytes(32), half, b"\xff" * 32):
            assert locks.joined(tender.public_id, tender.key_version, half, guess, tender.public_key) is None
        with pytest.raises(InvalidTag):
            locks.unseal(half, sealed, f"{tender.public_id}/{seal.bid.public_id}/1")


def test_without_the_sites_own_share_both_halves_open_nothing(cast, tender, monkeypatch):
    monkeypatch.setattr(locks, "_share", lambda name, version: bytes(32))
    tenders.turn_key(actor=cast.mei, pid=tender.public_id, passphrase=cast.passphrases[cast.mei], now=AFTER)
    told = {"actor": cast.supervisor, "pid": tender.public_id, "passphrase": cast.passphrases[cast.supervisor]}
    refused("key_halves_do_not_fit", tenders.turn_key, **told, now=AFTER)
    assert Tender.everywhere.get().state == "published"


def test_what_opens_is_what_was_sealed_and_only_the_last_of_it(cast, tender):
    again = tenders.submit(actor=cast.bidders[0], pid=tender.public_id, offered=tendering.offered("改后的方案", 99_00), now=WITHIN)
    gone = tenders.submit(actor=cast.bidders[1], pid=tender.public_id, offered=tendering.offered("撤回的方案"), now=WITHIN)
    tenders.withdraw_bid(actor=cast.bidders[1], pid=tender.public_id, now=WITHIN)
    opened = tendering.opened(cast, tender)
    [bid] = tenders.bids_of(opened)
    assert (bid.version, bid.price_fen, bid.content["texts"]["plan"]) == (2, 99_00, "改后的方案的方案")
    assert tenders.seals_of(bid)[0].receipt == again.receipt
    withdrawn = Bid.everywhere.get(pk=gone.bid_id)
    assert (withdrawn.state, withdrawn.content) == ("withdrawn", {})
    assert not Keyholder.objects.exclude(half="").exists(), "nothing can open the others any more"


def test_a_bid_that_was_altered_on_disk_is_excluded_and_the_others_open(cast, tender):
    tenders.submit(actor=cast.bidders[1], pid=tender.public_id, offered=tendering.offered("完好"), now=WITHIN)
    place = path_of_content(BidSeal.objects.get(bid__provider=cast.providers[0]).sealed.sha256)
    raw = bytearray(place.read_bytes())
    raw[1000] ^= 1
    place.write_bytes(raw)
    opened = tendering.opened(cast, tender)
    states = {one.provider_id: (one.state, one.reason_code) for one in tenders.bids_of(opened)}
    assert states == {cast.providers[0].pk: ("excluded", "unreadable"), cast.providers[1].pk: ("opened", "")}


def test_a_bid_cannot_be_exchanged_for_another_ones(cast, tender):
    tenders.submit(actor=cast.bidders[1], pid=tender.public_id, offered=tendering.offered("对手"), now=WITHIN)
    mine, theirs = BidSeal.objects.order_by("pk")
    BidSeal.objects.filter(pk=mine.pk).update(sealed=theirs.sealed, sha256=theirs.sha256, commitment=theirs.commitment)
    states = [one.state for one in tenders.bids_of(tendering.opened(cast, tender))]
    assert sorted(states) == ["excluded", "opened"]


@pytest.mark.parametrize(("at", "code"), [(OPENS - ONE_MOMENT, "tender_not_open_yet"), (CLOSES, "tender_closed"), (AFTER, "tender_closed")])
def test_outside_the_window_nothing_is_handed_in_replaced_or_withdrawn(cast, tender, at, code):
    for actor in cast.bidders[:2]:
        refused(code, tenders.submit, actor=actor, pid=tender.public_id, offered=tendering.offered(), now=at)
    refused(code, tenders.withdraw_bid, actor=cast.bidders[0], pid=tender.public_id, now=at)


def test_a_cancelled_tender_stays_sealed_for_good(cast, tender):
    tenders.cancel_tender(actor=cast.mei, pid=tender.public_id, reason="项目取消", now=WITHIN)
    for actor, passphrase in cast.passphrases.items():
        refused("tender_wrong_state", tenders.turn_key, actor=actor, pid=tender.public_id, passphrase=passphrase, now=AFTER)
    assert not Keyholder.objects.exclude(half="").exists()


def test_the_panel_reads_copies_without_names_and_the_office_what_came(cast, tender):
    opened = tendering.opened(cast, tender)
    [bid] = tenders.bids_of(opened)
    [file] = tenders.files_of(bid)
    assert (file.file.name, file.blind.name, file.state) == ("方案.docx", "A-1.docx", "clean")
    with open_file(file.blind) as copy, open_file(file.file) as whole:
        assert ("明德".encode() in parts_of(copy.read()), "明德".encode() in parts_of(whole.read())) == (False, True)
    seat = tenders.PanelMember(tender=opened, expert=cast.experts[0])
    assert tenders.panel_file(seat, file.public_id).pk == file.pk
    tenders.decide_file(actor=cast.mei, pid=tender.public_id, file=file.public_id, act="hold", now=AFTER)
    with pytest.raises(NotInScope):
        tenders.panel_file(seat, file.public_id)


def parts_of(raw):
    """A container's parts, unpacked."""
    with zipfile.ZipFile(io.BytesIO(raw)) as book:
        return b"".join(book.read(name) for name in book.namelist())
