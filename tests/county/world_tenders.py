"""Rows that the addresses of tenders name: the county's own tender, opened, with a bid, a document and a panel that `expert` sits on."""

from __future__ import annotations

from datetime import date, timedelta

from tests import tendering
from tests.demo_county import NOW
from tests.foundation.blind_samples import docx
from xingtan.config.demo import cast
from xingtan.domains.projects import api as projects
from xingtan.domains.tenders import api as tenders
from xingtan.domains.tenders.models import BidFile, Keyholder, PanelMember, Tender
from xingtan.foundation.people.models import Account


class Tenders:
    """A tender of the county's training centre that is under review."""

    def __init__(self, world) -> None:
        county = cast.actor("county")
        year, begun = world.year, NOW - timedelta(days=3)
        told = {
            "title": "校本研修承训机构遴选",
            "tier": "county",
            "kind": "all_staff",
            "opens_on": year.first_on,
            "closes_on": year.last_on,
        }
        project = projects.draft_project(actor=county, training_year_id=year.pk, now=NOW, **told)
        call = tendering.call(opens_at=begun, closes_at=NOW - timedelta(hours=3))
        call = call._replace(criteria=(tendering.CRITERIA[0]._replace(weight=60), tendering.CRITERIA[1]._replace(weight=40)))
        self.tender = tenders.draft_tender(actor=county, project=project.public_id, call=call, now=begun)
        pid = self.tender.public_id
        phrases = {one: tendering_key(pid, cast.actor(one), side, begun) for one, side in (("county", "office"), ("city", "witness"))}
        tenders.publish_tender(actor=county, pid=pid, now=begun)
        files = (("方案.docx", docx("明德", "计划")),)
        tenders.submit(actor=cast.actor("provider"), pid=pid, offered=tendering.offered(files=files), now=begun + timedelta(hours=1))
        for login, phrase in phrases.items():
            tenders.turn_key(actor=cast.actor(login), pid=pid, passphrase=phrase, now=NOW)
        self.bid = tenders.bids_of(Tender.everywhere.get(pk=self.tender.pk))[0]
        self.file = BidFile.objects.get(bid=self.bid)
        self.expert = tenders.Expert.everywhere.filter(account__login="expert").first() or tenders.Expert.everywhere.create(
            office=world.school.parent,
            account=Account.objects.get(login="expert"),
            name="罗正行",
            workplace="省教科院",
            from_on=date(2026, 9, 1),
        )
        PanelMember.objects.create(tender=self.tender, expert=self.expert, place=1, drawn_at=NOW, declared_at=NOW, state="declared")
        Tender.everywhere.filter(pk=self.tender.pk).update(state="reviewing")

    def words(self, name: str, login: str) -> dict[str, object] | None:
        face, _, page = name.partition(":")
        if face == "expert" and page != "tenders":
            more = {"review": {"code": "A"}, "file": {"file": self.file.public_id}}
            return {"pid": self.tender.public_id, **more.get(page, {})}
        if not page.startswith("tender") or page in ("tenders", "tender_new", "tender_experts", "tender_expert_name"):
            return None
        if page == "tender_expert_end":
            return {"pid": self.expert.public_id}
        if page.startswith("tender_key"):
            return {"pid": self.key_of(login)}
        file = {"file": self.file.public_id}
        more = {"tender_bid": {"bid": self.bid.public_id}, "tender_file": file, "tender_copy": file}
        return {"pid": self.tender.public_id, **more.get(page, {})}

    def key_of(self, login: str) -> str:
        """The tender of which this person holds a key: the opened one is everybody's."""
        account = Account.objects.filter(login=login).first()
        if account and not Keyholder.objects.filter(tender=self.tender, account=account).exists():
            place = {"tender": self.tender, "account": account, "side": "witness", "appointed_at": NOW}
            Keyholder.objects.create(organisation=self.tender.organiser, **place)
        return self.tender.public_id


def tendering_key(pid, actor, side, now) -> str:
    """A key of this person, made and confirmed; answers its passphrase."""
    grant = tendering.Grant.objects.filter(account_id=actor.account_id).order_by("pk")[0]
    tenders.appoint(actor=cast.actor("county"), pid=pid, grant_id=grant.pk, side=tenders.Side(side), now=now)
    passphrase = tenders.make_key(actor=actor, pid=pid, now=now)
    tenders.confirm_key(actor=actor, pid=pid, passphrase=passphrase, now=now)
    return passphrase
