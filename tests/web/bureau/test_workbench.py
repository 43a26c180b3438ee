"""The workbench's pages: without a script, with it, for two people at once."""

from __future__ import annotations

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.bureau_cast import NOW, add_teacher, make_cast, officer
from tests.web.bureau.test_pages import exported
from xingtan.core.policy import bundled
from xingtan.domains.policies import api as policies
from xingtan.foundation.people.models import Account
from xingtan.foundation.people.roles import Role

pytestmark = pytest.mark.django_db
BROKEN = ("required_centi = 360_00", "required_centi = 370_00")
LIVE = {"X-Workbench": "live"}


@pytest.fixture
def cast(db):
    made = make_cast()
    made.lan = officer(made.province, Role.PROVINCE_OFFICER, "lan")
    return made


@pytest.fixture
def draft(cast):
    return policies.start_from_pack(actor=cast.mei, pack_id=cast.pack.pk, now=NOW)


def client(actor, language="en"):
    made = Client()
    made.force_login(Account.objects.get(pk=actor.account_id))
    made.cookies["django_language"] = language
    return made


def url(name, draft):
    return reverse(f"bureau:{name}", args=[draft.public_id])


def send(browser, draft, text, revision=1, headers=None):
    return browser.post(url("draft_save", draft), {"text": text, "revision": revision, "kind": "manual"}, headers=headers or {})


class TestBegin:
    @pytest.mark.parametrize("source", ["bundled:dawa-2008", "pack:{pack}", "draft:{draft}"])
    def test_a_draft_begins_with_any_words(self, cast, draft, source):
        values = {"source": source.format(pack=cast.pack.pk, draft=draft.public_id)}
        response = client(cast.mei).post(reverse("bureau:draft_start"), values, follow=True)
        assert response.status_code == 200
        assert response.context["mistakes"] == []

    @pytest.mark.parametrize("source", ["bundled:nowhere", "pack:999", "pack:x", "draft:nothing", "rubbish", ""])
    def test_nothing_begins_with_nothing(self, cast, source):
        assert client(cast.mei).post(reverse("bureau:draft_start"), {"source": source}).status_code == 404

    def test_a_file_with_mistakes_is_opened_and_every_one_is_shown(self, cast):
        text = bundled()["jiangxi-2011"].replace("years = 5", 'years = "five"', 1).replace("fen = 100\n", "fen = -1\n", 1)
        file = SimpleUploadedFile("mine.toml", text.encode())
        response = client(cast.mei).post(reverse("bureau:draft_start"), {"pack": file}, follow=True)
        assert {"cycle.years", "fee[1].fen"} <= {one.field for one in response.context["mistakes"]}
        assert policies.packs().count() == 1

    @pytest.mark.parametrize("content", [b"\xff\xfe\x00rubbish", b""])
    def test_a_file_that_is_no_text_is_refused(self, cast, content):
        response = client(cast.mei).post(reverse("bureau:draft_start"), {"pack": SimpleUploadedFile("p.toml", content)})
        assert response.status_code == 422


class TestWriting:
    def test_the_page_shows_lines_rules_and_no_mistake(self, cast, draft):
        response = client(cast.mei, "zh-hans").get(url("draft", draft))
        text = response.content.decode()
        assert len(response.context["rows"]) == draft.text.count("\n") + 1
        assert "学时已满，且各部分内容学时已满，且作业、成果全部合格，且学时全部验证的，结论为“合格”" in text
        assert "没有错误" in text

    def test_a_saved_mistake_stands_at_its_line_with_what_would_fit(self, cast, draft):
        response = send(client(cast.mei), draft, draft.text.replace(*BROKEN))
        assert response.url == url("draft", draft)
        page = client(cast.mei).get(response.url)
        line = draft.text[: draft.text.index("number = 3")].count("\n") + 3
        mistake = next(one for one in page.context["mistakes"] if one.field == "item[3].required_centi")
        assert "5 × 72.00 = 360.00, and the cycle asks for 370.00" in mistake.sentence
        assert abs(mistake.line - line) <= 1
        assert [json.loads(fix.value)[2] for fix in mistake.fixes][-1] == "required_centi = 360_00"

    def test_a_fix_is_one_click(self, cast, draft):
        send(client(cast.mei), draft, draft.text.replace(*BROKEN))
        held = policies.draft_by_id(cast.mei, draft.public_id)
        page = client(cast.mei).get(url("draft", draft))
        fix = page.context["mistakes"][0].fixes[-1].value
        response = client(cast.mei).post(url("draft_fix", draft), {"text": held.text, "revision": 2, "fix": fix}, follow=True)
        assert response.context["mistakes"] == []
        assert response.context["text"] == draft.text

    def test_a_page_that_saves_by_itself_gets_the_parts_that_changed(self, cast, draft):
        response = send(client(cast.mei), draft, draft.text.replace(*BROKEN), headers=LIVE)
        text = response.content.decode()
        assert re.search(r'data-revision="2"', text)
        assert "<html" not in text
        assert 'id="wb-reading"' in text

    def test_the_second_save_is_refused_with_both_texts_kept(self, cast, draft):
        send(client(cast.mei), draft, draft.text + "# mei\n")
        for headers in ({}, LIVE):
            response = send(client(cast.lan), draft, draft.text + "# lan\n", headers=headers)
            assert response.status_code == 409
            assert "mei saved this draft at" in response.content.decode()
        assert response.content.decode().count("Keep mine as a draft of its own") == 1
        page = send(client(cast.lan), draft, draft.text + "# lan\n").content.decode()
        assert "# lan\n</textarea>" in page
        made = client(cast.lan).post(url("draft_copy", draft), {"text": draft.text + "# lan\n", "revision": 1}, follow=True)
        assert made.context["text"].endswith("# lan\n")

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "[[",
            "a\x0bb",
            "\ufeff",
            "x = 1",
            "\u2028" * 9,
            "[item]\n" * 30,
            "code = 1\ncycle = 3\nitem = [1, 2]\n",
            "a = " + "[" * 250 + "]" * 250,
            "[item" + ".a" * 300 + "]",
            "x\n" * 9_000,
        ],
    )
    def test_no_text_is_answered_with_a_fault(self, cast, draft, text):
        assert send(client(cast.mei), draft, text).status_code in (302, 422)
        for language in ("en", "zh-hans"):
            assert client(cast.mei, language).get(url("draft", draft)).status_code == 200
            assert client(cast.mei, language).get(url("draft_compare", draft)).status_code == 200

    def test_a_text_with_a_null_is_refused(self, cast, draft):
        assert send(client(cast.mei), draft, "a\x00b").status_code == 422

    def test_history_restores_and_compares(self, cast, draft):
        send(client(cast.mei), draft, draft.text.replace(*BROKEN))
        page = client(cast.mei).get(url("draft_history", draft))
        assert [one["row"].revision for one in page.context["saves"]] == [2, 1]
        compared = client(cast.mei).get(url("draft_compare", draft), {"with": "save:1"})
        assert compared.context["count"] == 1
        client(cast.mei).post(url("draft_restore", draft), {"revision": 1})
        assert policies.draft_by_id(cast.mei, draft.public_id).text == draft.text
        assert client(cast.mei).post(url("draft_restore", draft), {"revision": 99}).status_code == 404

    def test_a_discarded_draft_comes_back(self, cast, draft):
        page = client(cast.mei).post(url("draft_discard", draft), follow=True)
        assert "Take up again" in page.content.decode()
        assert client(cast.mei).post(url("draft_take_up", draft)).url == url("draft", draft)


def test_what_may_be_written_is_told_with_its_meaning(cast, draft):
    page = client(cast.mei, "zh-hans").get(url("draft_words", draft))
    text = page.content.decode()
    assert "经批准请假" in text
    known = dict(page.context["year_names"])
    assert known["hours_short"].no == "学时已满"
    fields = {name for table in page.context["tables"] for name, word in table.fields if word == name}
    assert fields == set()
    broken = policies.start_from_text(actor=cast.mei, text="code = ", name="x.toml", now=NOW)
    assert client(cast.mei).get(url("draft_words", broken)).status_code == 200


class TestComparison:
    def test_fields_stand_by_chapter_with_clause_and_can_be_taken_away(self, cast, draft):
        send(client(cast.mei), draft, draft.text.replace("[exam]\npass_score = 60", "[exam]\npass_score = 65"))
        page = client(cast.mei).get(url("draft_compare", draft))
        rows = {row.field: (row.before, row.after) for section in page.context["sections"] for row in section.rows}
        assert rows["exam.pass_score"] == ("60 marks", "65 marks")
        sheet = exported(client(cast.mei).get(url("draft_compare", draft), {"export": "xlsx"}))
        assert ["60 marks", "65 marks"] in [row[3:5] for row in sheet]

    def test_two_adopted_packs_are_compared(self, cast):
        policies.adopt_pack(actor=cast.mei, text=bundled()["dawa-2008"], now=NOW)
        page = client(cast.zhou).get(reverse("bureau:compare_packs"), {"a": cast.pack.pk})
        assert page.context["count"] > 100

    def test_a_pack_is_downloaded_word_for_word(self, cast):
        response = client(cast.zhou).get(reverse("bureau:pack_text", args=[cast.pack.pk]))
        assert response.content.decode() == cast.pack.text

    def test_a_clause_is_marked_in_its_document(self, cast):
        page = client(cast.zhou).get(reverse("bureau:policy_document", args=["plan"]), {"from": 10, "to": 20})
        assert len(page.context["marked"]) == 10
        assert client(cast.zhou).get(reverse("bureau:policy_document", args=["nothing"])).status_code == 404


class TestSecondPerson:
    def test_ask_approve_publish(self, cast, draft):
        client(cast.mei).post(url("draft_ask", draft))
        assert client(cast.mei).post(url("draft_decide", draft), {"outcome": "approve"}).status_code == 409
        page = client(cast.lan).get(url("draft", draft))
        assert page.context["may_review"]
        client(cast.lan).post(url("draft_decide", draft), {"outcome": "approve", "remark": "好"})
        published = client(cast.mei).post(url("draft_publish", draft), follow=True)
        assert published.context["pack"].text == draft.text
        assert "This draft is closed" in client(cast.mei).get(url("draft", draft)).content.decode()

    def test_a_return_names_its_reason_to_the_writer(self, cast, draft):
        client(cast.mei).post(url("draft_ask", draft))
        assert client(cast.lan).post(url("draft_decide", draft), {"outcome": "return"}).status_code == 409
        client(cast.lan).post(url("draft_decide", draft), {"outcome": "return", "remark": "第 23 行请再核"})
        assert "第 23 行请再核" in client(cast.mei).get(url("draft", draft)).content.decode()


def test_the_list_of_packs_names_the_years_bound_to_each(cast):
    page = client(cast.zhou).get(reverse("bureau:policies"))
    assert [(pack.pk, years) for pack, years in page.context["packs"]] == [(cast.pack.pk, [2026])]


def test_everybody_whose_verdict_would_change_can_be_taken_away(cast, draft):
    teacher = add_teacher(cast.school)
    trial = policies.keep_trial(actor=cast.mei, pid=draft.public_id, training_year=cast.year, now=NOW)
    move = {"row_before": 0, "row_after": -1, "before": "deferred", "after": "undetermined", "n": 1, "side": "other"}
    sides = {"stricter": 0, "milder": 0, "other": 1}
    found = {"teachers": 1, "changed": 1, "sides": sides, "moves": [move], "causes": [], "people": [[teacher.pk, 0, 7200, 0]]}
    policies.finish_trial(trial_id=trial.pk, found=found, now=NOW)
    assert client(cast.mei).get(url("draft", draft)).context["result"]["share"] == "100.00"
    address = reverse("bureau:trial", args=[trial.public_id])
    assert client(cast.mei).get(address, {"move": "0"}).context["page_rows"].total == 1
    sheet = exported(client(cast.mei).get(address, {"export": "xlsx"}))
    assert sheet[1][:6] == [teacher.name, "青禾实验小学", "72.00", "0.00", "Deferred", "Approved leave"]
