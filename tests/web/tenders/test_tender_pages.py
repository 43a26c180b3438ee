"""A tender in the pages: drafted, sealed with real files, opened by two people, judged blind, defended, ranked, posted, objected to, signed."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import tendering
from tests.foundation.blind_samples import docx, pdf
from xingtan.domains.tenders import api as tenders
from xingtan.domains.tenders.models import Criterion, PanelMember, Tender
from xingtan.foundation.notices.models import Notice
from xingtan.foundation.people.models import Account

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def cast(db):
    return tendering.build()


def client(actor=None, **more):
    made = Client(**more)
    if actor:
        made.force_login(Account.objects.get(pk=actor.account_id))
    made.cookies["django_language"] = "en"
    return made


def moment(value):
    return timezone.localtime(value).strftime("%Y-%m-%dT%H:%M")


def form(**changes):
    now = timezone.now()
    told = {
        "title": "遴选", "content": "二十天", "requirements": "三年", "opens_at": moment(now - timedelta(hours=2)), "places": 2,
        "closes_at": moment(now + timedelta(hours=2)), "panel_size": 3, "pass_mark": "50", "far_mark": "15",
        "weight_match": 40, "weight_plan": 20, "weight_price": 10, "weight_defence": 30,
    }  # fmt: skip
    return told | changes


def go(who, name, *args, status=302, **data):
    face = name if ":" in name else f"bureau:{name}"
    answer = who.post(reverse(face, args=args), data)
    assert answer.status_code == status, answer.content.decode()[:3000]
    return answer


def seen(who, name, *args, code=200):
    answer = who.get(reverse(name, args=args))
    assert answer.status_code == code
    return answer.content.decode()


def fetched(who, address):
    """Status and content of a page or a download, read to its end."""
    answer = who.get(address)
    return answer.status_code, b"".join(answer.streaming_content) if answer.streaming else answer.content


def draft(cast):
    mei = client(cast.mei)
    bad = go(mei, "tender_new", status=409, **form(project=cast.project.public_id, weight_plan=40, weight_match=20))
    assert "match with the project has to weigh more" in bad.content.decode()
    assert 'value="40"' in bad.content.decode()
    go(mei, "tender_new", **form(project=cast.project.public_id))
    return Tender.everywhere.get()


def keys(cast, pid):
    """Both sides make a key on its page; answers the passphrases."""
    mei = client(cast.mei)
    told = {}
    for actor, side in ((cast.mei, "office"), (cast.supervisor, "witness")):
        page = seen(mei, "bureau:tender", pid)
        grant = tendering.Grant.objects.get(account_id=actor.account_id).pk
        assert f'<option value="{grant}">' in page
        go(mei, "tender_appoint", pid, side=side, grant_id=grant)
        who = client(actor)
        shown = go(who, "tender_key_make", pid, status=200).content.decode()
        told[actor] = re.search(r"<code>([0-9A-Z-]{29})</code>", shown).group(1)
        assert told[actor] not in seen(who, "bureau:tender_key", pid)
        go(who, "tender_key_confirm", pid, status=409, passphrase="AAAAA-AAAAA-AAAAA-AAAAA-AAAAA")
        go(who, "tender_key_confirm", pid, passphrase=told[actor].lower())
    return told


def bid(name, **changes):
    told = {"plan": f"{name}的培训方案", "courses": "十门", "team": "苏桐等", "record": "", "people": "苏桐", "price": "120000.50"}
    files = [SimpleUploadedFile("方案.pdf", pdf(author=name, text="Plan")), SimpleUploadedFile("课程.docx", docx(author=name, text=name))]
    return told | {"documents": files} | changes


def past(tender):
    Tender.everywhere.filter(pk=tender.pk).update(
        opens_at=timezone.now() - timedelta(hours=3), closes_at=timezone.now() - timedelta(hours=1)
    )


def test_the_whole_way_in_the_pages(cast, settings):
    tender = draft(cast)
    pid = tender.public_id
    passphrases = keys(cast, pid)
    mei = client(cast.mei)
    go(mei, "tender_publish", pid)
    for number, actor in enumerate(cast.bidders):
        provider = client(actor)
        assert "Seal a bid" in seen(provider, "provider:tender", pid)
        go(provider, "provider:tender_submit", pid, **bid(cast.providers[number].name))
        assert tenders.seals_of(tenders.own_bid(actor, tender))[0].receipt in seen(provider, "provider:tender", pid)
    plain = [one for one in Path(settings.MEDIA_ROOT).rglob("*") if one.is_file() and "方案".encode() in one.read_bytes()]
    assert plain == []
    go(client(cast.bidders[0]), "provider:tender_ask", pid, text="是否接受联合体？")
    assert "是否接受联合体" not in seen(client(), "public:tender", pid)
    question = tenders.questions_of(tender, only_answered=False)[0].public_id
    go(mei, "tender_answer", pid, question=question, words="不接受")
    assert "不接受" in seen(client(), "public:tender", pid)
    page = seen(mei, "bureau:tender", pid)
    assert not any(one.name in page for one in cast.providers)
    go(mei, "tender_key_turn", pid, status=409, passphrase=passphrases[cast.mei])
    past(tender)
    go(client(cast.bidders[0]), "provider:tender_submit", pid, status=409, **bid("迟"))
    for actor, passphrase in passphrases.items():
        go(client(actor), "tender_key_turn", pid, passphrase=passphrase)
    assert all(one.name in seen(mei, "bureau:tender", pid) for one in cast.providers)
    judged(cast, mei, pid)
    posted(cast, mei, pid)


def judged(cast, mei, pid):
    first = tenders.bids_of(Tender.everywhere.get())[0]
    page = seen(mei, "bureau:tender_bid", pid, first.public_id)
    assert "Look at it first" in page
    flagged = next(one for one in tenders.files_of(first) if one.state == "flagged")
    clean = next(one for one in tenders.files_of(first) if one.state == "clean")
    assert flagged.found
    status, copy = fetched(mei, reverse("bureau:tender_copy", args=[pid, clean.public_id]))
    assert status == 200
    assert first.provider.name.encode() not in copy
    go(mei, "tender_draw", pid)
    experts = [tendering.actor_for(one.expert.account_id, "expert") for one in PanelMember.objects.select_related("expert")]
    for actor in experts:
        who = client(actor)
        assert all(one.name in seen(who, "expert:tender", pid) for one in cast.providers)
        assert seen(who, "expert:review", pid, "A", code=404)
        go(who, "expert:declare", pid, interest="no")
    go(mei, "tender_review", pid)
    marked(cast, mei, pid, experts, flagged)
    go(mei, "tender_defend", pid)
    go(mei, "tender_note", pid, code="A", question="师资从何而来？", answer="本省")
    go(client(experts[0]), "expert:note", pid, code="A", question="如何考核？", answer="过程评价")
    for number, actor in enumerate(experts):
        for code in "ABC":
            assert ("师资从何而来" in seen(client(actor), "expert:review", pid, code)) is (code == "A")
            go(client(actor), "expert:review", pid, code, act="give", **marks("defence", 90 - number))
    go(mei, "tender_rank", pid)
    assert "x-spread-dot" in seen(mei, "bureau:tender", pid)
    assert "x-spread-dot" not in seen(client(), "public:tender", pid)


def marks(*kinds_and_value):
    *kinds, value = kinds_and_value
    return {f"mark_{one.pk}": value for one in Criterion.objects.filter(kind__in=kinds)}


def marked(cast, mei, pid, experts, flagged):
    """Blind: under codes, names blanked out, only documents that were looked at."""
    for actor in experts:
        who = client(actor)
        for code in "ABC":
            page = seen(who, "expert:review", pid, code)
            assert not any(one.name in page for one in cast.providers)
            assert "苏桐" not in page
            assert f"{code}-2.docx" not in page
            go(who, "expert:review", pid, code, act="give", status=409)
            go(who, "expert:review", pid, code, act="keep", **marks("match", "88.5"))
            assert 'value="88.5"' in seen(who, "expert:review", pid, code)
            go(who, "expert:review", pid, code, act="keep", status=422, **marks("match", "101"))
        assert fetched(who, reverse("expert:file", args=[pid, flagged.public_id]))[0] == 404
    go(mei, "tender_look", pid, file=flagged.public_id, act="release")
    assert fetched(client(experts[0]), reverse("expert:file", args=[pid, flagged.public_id]))[0] == 200
    for number, actor in enumerate(experts):
        for place, code in enumerate("ABC"):
            go(client(actor), "expert:review", pid, code, act="give", **marks("match", "plan", 90 - 10 * place - number))


def posted(cast, mei, pid):
    today = timezone.localdate()
    days = {"opens_on": today, "closes_on": today + timedelta(days=5), "objections_until": today + timedelta(days=5)}
    again = go(mei, "tender_announce", pid, status=409, **days | {"opens_on": today - timedelta(days=1)})
    assert "x-errors" in again.content.decode()
    go(mei, "tender_announce", pid, **days)
    assert "x-spread-dot" in seen(client(), "public:tender", pid)
    tender = Tender.everywhere.get()
    loser = next(one for one in cast.bidders if tenders.own_bid(one, tender).state == "not_chosen")
    go(client(loser), "provider:tender_object", pid, text="对第一名的业绩有异议")
    objection = re.search(r'name="objection" value="(\w+)"', seen(mei, "bureau:tender", pid)).group(1)
    go(mei, "tender_objection", pid, objection=objection, words="经核实，无误", outcome="rejected")
    assert "经核实，无误" in seen(client(loser), "provider:tender", pid)
    earlier = {"opens_on": today - timedelta(9), "closes_on": today - timedelta(2), "objections_until": today - timedelta(1)}
    Notice.everywhere.update(**earlier)
    go(mei, "tender_award", pid)
    terms = {"price": "90000", "share_percent": 50, "from_on": today, "to_on": today + timedelta(90), "targets": "合格率，95，%"}
    for one in [one for one in tenders.bids_of(tender) if one.state == "chosen"]:
        go(mei, "tender_contract", pid, bid=one.public_id, status=422, **terms | {"targets": "合格率"})
        go(mei, "tender_contract", pid, bid=one.public_id, **terms)
    for actor in cast.bidders:
        if actor is not loser:
            go(client(actor), "provider:tender_sign", pid, outcome="signed")
    go(mei, "tender_finish", pid)
    assert "合格率" in seen(client(), "public:tender", pid)
    for who, name in ((mei, "bureau:tenders"), (client(cast.bidders[0]), "provider:tenders"), (client(), "public:tenders")):
        assert "遴选" in seen(who, name)


def test_lists_are_searched_sorted_exported_and_say_what_comes_first(cast):
    mei = client(cast.mei)
    assert "x-empty" in seen(mei, "bureau:tenders")
    draft(cast)
    for query in ("?q=遴选&sort=-closes", "?state=draft&page=7", "?export=xlsx", f"?project={cast.project.public_id}"):
        assert fetched(mei, reverse("bureau:tenders") + query)[0] == 200
    assert b"x-empty" in mei.get(reverse("bureau:tenders") + "?q=nothing").content
    assert "遴选" not in seen(client(), "public:tenders")
    assert seen(client(), "public:tender", Tender.everywhere.get().public_id, code=404)
    assert seen(client(cast.wu), "bureau:tenders", code=403)


def test_experts_are_named_from_the_pool_and_ended(cast):
    mei = client(cast.mei)
    assert "专家0" in seen(mei, "bureau:tender_experts")
    one = tendering.registers.nominate(
        actor=cast.zhou, office_id=cast.province.pk, now=tendering.NOW,
        wanted=tendering.registers.Nomination("龙映雪", "进修学校", "experts", "评审", "特级", tendering.at(1).date(), None),
    )  # fmt: skip
    tendering.registers.decide_nominations(actor=cast.mei, ids=[one.pk], is_approved=True, reason="", now=tendering.NOW)
    go(mei, "tender_expert_name", status=422, pool=one.public_id, login="")
    go(mei, "tender_expert_name", pool=one.public_id, login="long")
    go(mei, "tender_expert_name", status=409, pool=one.public_id, login="long2")
    go(mei, "tender_expert_end", tenders.experts_in(cast.mei.scope, "龙映雪")[0].public_id)
    assert fetched(mei, reverse("bureau:tender_experts") + "?export=xlsx&q=龙")[0] == 200


def test_standings_are_concluded_by_rule_and_the_last_is_out(cast):
    mei = client(cast.mei)
    first, second, third = [one.pk for one in cast.providers]
    told = {"year": 2025, "weight_national": 60, "weight_trainees": 25, "weight_third_party": 15}
    told |= {f"national_{first}": "90", f"national_{second}": "80.5", f"trainees_{second}": "99", f"national_{third}": "60"}
    go(mei, "standings_conclude", status=409, **told | {"weight_national": 20, "weight_trainees": 65})
    go(mei, "standings_conclude", **told)
    assert "third_party</label>" not in seen(mei, "bureau:standings")
    page = seen(mei, "bureau:standings")
    assert "x-chip-stop" in page
    assert {one.provider_id: one.share_percent for one in tenders.standings_in(cast.mei.scope)} == {first: 67, second: 33, third: 0}
    assert fetched(mei, reverse("bureau:standings") + "?export=xlsx")[0] == 200
    assert "85.94" in page
