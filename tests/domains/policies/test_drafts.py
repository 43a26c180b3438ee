"""Drafts: begun, saved by two people, restored, reviewed by another, published."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.bureau_cast import NOW, make_cast, officer
from xingtan.core.policy import bundled, bundled_policy
from xingtan.domains.policies import api as policies
from xingtan.foundation.audit.models import AuditLine
from xingtan.foundation.inbox.models import Message
from xingtan.foundation.people.roles import Role
from xingtan.foundation.refusal import NotAllowed, NotInScope, Refused
from xingtan.web.bureau.workbench_fixes import fixes_of

pytestmark = pytest.mark.django_db
VERSION = bundled_policy("jiangxi-2011").version
NEXT = f"{VERSION.rpartition('.')[0]}.{int(VERSION.rpartition('.')[2]) + 1}"
BROKEN = ("required_centi = 360_00", "required_centi = 370_00")


@pytest.fixture
def cast(db):
    made = make_cast()
    made.lan = officer(made.province, Role.PROVINCE_OFFICER, "lan")
    return made


@pytest.fixture
def draft(cast):
    return policies.start_from_pack(actor=cast.mei, pack_id=cast.pack.pk, now=NOW)


def save(cast, draft, text, *, actor=None, revision=None, kind=policies.SaveKind.MANUAL, now=NOW):
    number = draft.revision if revision is None else revision
    return policies.save_draft(actor=actor or cast.mei, pid=draft.public_id, text=text, revision=number, kind=kind, now=now)


def code_of(act):
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.code


class TestWriting:
    def test_a_draft_of_a_pack_has_its_words_under_the_next_version(self, cast, draft):
        assert f'version = "{NEXT}"' in draft.text
        assert draft.text.replace(f'"{NEXT}"', f'"{VERSION}"', 1) == cast.pack.text
        assert (draft.base, draft.mistakes, draft.valid_revision) == (cast.pack, 0, 1)

    def test_the_second_of_two_saves_is_refused_and_nothing_is_lost(self, cast, draft):
        save(cast, draft, draft.text + "# mei\n")
        assert code_of(lambda: save(cast, draft, draft.text + "# lan\n", actor=cast.lan)) == "draft_changed"
        held = policies.draft_by_id(cast.mei, draft.public_id)
        assert held.text.endswith("# mei\n")
        assert held.revision == 2

    def test_the_same_text_is_no_save(self, cast, draft):
        assert save(cast, draft, draft.text.replace("\n", "\r\n")).revision == 1

    def test_typing_grows_one_row_but_never_over_a_sound_text(self, cast, draft):
        auto = policies.SaveKind.AUTO
        for number in range(3):
            draft = save(cast, draft, draft.text + f"# {number}\n", kind=auto, now=NOW + timedelta(minutes=number))
        draft = save(cast, draft, draft.text.replace(*BROKEN), kind=auto, now=NOW + timedelta(minutes=4))
        assert [(row.revision, row.mistakes > 0) for row in policies.saves_of(draft)] == [(5, True), (4, False), (1, False)]
        assert (draft.valid_revision, draft.mistakes) == (4, 11)

    def test_an_earlier_text_is_restored_and_the_later_one_kept(self, cast, draft):
        first = draft.text
        save(cast, draft, draft.text.replace(*BROKEN))
        back = policies.restore_draft(actor=cast.lan, pid=draft.public_id, revision=1, now=NOW)
        assert (back.text, back.revision, policies.saves_of(back).count()) == (first, 3, 3)

    def test_a_draft_put_aside_is_taken_up_again(self, cast, draft):
        policies.discard_draft(actor=cast.mei, pid=draft.public_id, now=NOW)
        assert code_of(lambda: save(cast, draft, "x")) == "draft_is_discarded"
        assert policies.take_up_draft(actor=cast.lan, pid=draft.public_id, now=NOW).text == draft.text

    def test_a_file_with_mistakes_becomes_a_draft(self, cast):
        made = policies.start_from_text(actor=cast.mei, text="code = ", name="mine.toml", now=NOW)
        assert (made.mistakes, made.valid_text, made.title) == (1, "", "mine.toml")

    def test_a_taken_version_is_a_mistake_at_its_line(self, cast, draft):
        held = save(cast, draft, draft.text.replace(f'"{NEXT}"', f'"{VERSION}"') + "# other words\n")
        (problem,) = policies.checked_draft(held).problems
        assert (problem.code, problem.line) == ("version_taken", held.text[: held.text.index("version = ")].count("\n") + 1)
        assert [fix.new for fix in fixes_of(policies.checked_draft(held), problem)] == [f'"{NEXT}"']

    @pytest.mark.parametrize("who", ["zhou", "supervisor", "clerk"])
    def test_only_the_province_writes(self, cast, draft, who):
        with pytest.raises(NotAllowed):
            policies.start_from_pack(actor=getattr(cast, who), pack_id=cast.pack.pk, now=NOW)
        with pytest.raises(NotAllowed):
            save(cast, draft, "x", actor=getattr(cast, who))

    def test_another_province_finds_nothing(self, cast, draft):
        stranger = officer(cast.strange, Role.PROVINCE_OFFICER)
        with pytest.raises(NotInScope):
            policies.draft_by_id(stranger, draft.public_id)


class TestSecondPerson:
    def ask(self, cast, draft):
        return policies.ask_for_review(actor=cast.mei, pid=draft.public_id, link="/x/", now=NOW)

    def decide(self, actor, draft, *, approves=True, remark=""):
        return policies.decide_review(actor=actor, pid=draft.public_id, approves=approves, remark=remark, now=NOW)

    def test_a_text_with_mistakes_is_not_reviewed(self, cast, draft):
        save(cast, draft, draft.text.replace(*BROKEN))
        assert code_of(lambda: self.ask(cast, draft)) == "draft_has_mistakes"

    def test_whoever_wrote_in_it_does_not_review_it(self, cast, draft):
        held = save(cast, draft, draft.text + "# lan was here\n", actor=cast.lan)
        self.ask(cast, held)
        assert code_of(lambda: self.decide(cast.lan, draft)) == "draft_reviewed_by_writer"
        assert code_of(lambda: self.decide(cast.mei, draft)) == "draft_reviewed_by_writer"

    def test_the_colleague_is_told_and_the_text_is_closed(self, cast, draft):
        self.ask(cast, draft)
        assert list(Message.objects.values_list("account_id", "code")) == [(cast.lan.account_id, "policy_review_asked")]
        assert code_of(lambda: save(cast, draft, "x")) == "draft_is_in_review"

    def test_returning_needs_a_remark_and_opens_the_text(self, cast, draft):
        self.ask(cast, draft)
        assert code_of(lambda: self.decide(cast.lan, draft, approves=False)) == "draft_return_needs_remark"
        held = self.decide(cast.lan, draft, approves=False, remark="第 23 行请再核")
        assert held.state == policies.DraftState.EDITING
        assert save(cast, held, held.text + "# mended\n").revision == 2

    def test_approved_words_are_published_and_the_draft_names_the_pack(self, cast, draft):
        assert code_of(lambda: policies.publish_draft(actor=cast.mei, pid=draft.public_id, now=NOW)) == "draft_not_approved"
        self.ask(cast, draft)
        self.decide(cast.lan, draft)
        pack = policies.publish_draft(actor=cast.mei, pid=draft.public_id, now=NOW)
        assert (pack.code, pack.version, pack.text) == ("jiangxi-2011", NEXT, draft.text)
        assert policies.publish_draft(actor=cast.mei, pid=draft.public_id, now=NOW) == pack
        assert policies.draft_by_id(cast.mei, draft.public_id).state == policies.DraftState.PUBLISHED
        acts = set(AuditLine.objects.values_list("act", flat=True))
        assert {"policies.draft_started", "policies.review_asked", "policies.review_approved", "policies.draft_published"} <= acts

    def test_an_approval_falls_when_it_is_written_again(self, cast, draft):
        self.ask(cast, draft)
        self.decide(cast.lan, draft)
        policies.withdraw_request(actor=cast.mei, pid=draft.public_id, now=NOW)
        assert code_of(lambda: policies.publish_draft(actor=cast.mei, pid=draft.public_id, now=NOW)) == "draft_not_approved"


def test_a_bundled_pack_begins_a_draft_whose_version_is_free(cast):
    made = policies.start_from_bundled(actor=cast.mei, code="jiangxi-2011", now=NOW)
    assert made.base is None
    assert f'version = "{NEXT}"' in made.text
    assert made.base_text == bundled()["jiangxi-2011"]
