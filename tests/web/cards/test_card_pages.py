from __future__ import annotations

from importlib import import_module

import pytest

from xingtan.domains.cards import api as cards
from xingtan.domains.cards.models import Card, CardReport, Consignment, HoursPurchase


@pytest.fixture
def way(db):
    return import_module("tests.carding")


@pytest.fixture
def cast(way):
    return way.build()


@pytest.mark.parametrize("who", ["mei", "zhou"])
def test_every_page_of_an_office_opens_empty_and_full(cast, way, as_actor, who):
    client = as_actor(getattr(cast, who))
    names = ["reports", "batches", "parcels", "list", "sold"]
    assert [client.get(f"/bureau/cards/{name}/").status_code for name in names] == [200] * 5
    way.delivered(cast)
    way.handed(cast)
    assert [client.get(f"/bureau/cards/{name}/").status_code for name in names] == [200] * 5
    assert client.get("/bureau/cards/").status_code == 200


def test_the_whole_way_is_walked_on_pages(cast, way, as_actor):
    chen, zhou, mei = as_actor(cast.chen), as_actor(cast.zhou), as_actor(cast.mei)
    ids = [one.public_id for one in cast.people]
    assert chen.get("/bureau/cards/reports/").content.count(b'name="ids"') == 4
    chen.post("/bureau/cards/reports/names/", {"year": 2026, "ids": ids})
    report = CardReport.everywhere.get()
    assert report.public_id.encode() in zhou.get("/bureau/cards/reports/").content
    zhou.post("/bureau/cards/reports/count/", {"year": 2026, "ids": [report.public_id]})
    county = CardReport.everywhere.get(is_county=True)
    page = mei.get(f"/bureau/cards/reports/{county.public_id}/issue/")
    assert b'value="2027-08-31"' in page.content or b'name="expires_on"' in page.content
    wrong = mei.post(f"/bureau/cards/reports/{county.public_id}/issue/", {"spare": 1, "hours": "0", "expires_on": "2027-08-31"})
    assert (wrong.status_code, Card.everywhere.count()) == (422, 0)
    made = mei.post(f"/bureau/cards/reports/{county.public_id}/issue/", {"spare": 1, "hours": "72", "expires_on": "2027-08-31"})
    assert mei.get(made.url).status_code == 200
    mei.post("/bureau/cards/parcels/send/", {"year": 2026, f"count-{cast.county.public_id}": 5})
    parcel = Consignment.everywhere.get()
    missing = cards.cards_of(parcel)[4].number
    zhou.post(f"/bureau/cards/parcels/{parcel.public_id}/receive/", {"missing": f"{missing}\n", "damaged": ""})
    assert b"<form" in mei.get(f"/bureau/cards/parcels/{parcel.public_id}/").content
    mei.post(f"/bureau/cards/parcels/{parcel.public_id}/settle/", {"reason": "邮路丢失"})
    zhou.post("/bureau/cards/parcels/send/", {"year": 2026, f"count-{cast.school.public_id}": 4})
    parcel = Consignment.everywhere.order_by("-pk").first()
    chen.post(f"/bureau/cards/parcels/{parcel.public_id}/receive/", {})
    assert chen.get("/bureau/cards/hand-out/").status_code == 200
    chen.post("/bureau/cards/hand-out/now/", {"year": 2026, "all": "1"})
    assert sorted(Card.everywhere.values_list("state", flat=True)) == ["issued"] * 4 + ["lost"]


def test_what_happened_to_a_card_is_done_in_the_list_and_told_on_its_page(cast, way, as_actor):
    way.delivered(cast)
    [card] = way.handed(cast, [cast.lin_teacher])
    chen, zhou = as_actor(cast.chen), as_actor(cast.zhou)
    chen.post("/bureau/cards/list/act/", {"ids": [card.public_id], "act": "lost", "reason": ""})
    assert Card.everywhere.get(pk=card.pk).state == "issued"
    chen.post("/bureau/cards/list/act/", {"ids": [card.public_id], "act": "lost", "reason": "丢失"})
    page = chen.get(f"/bureau/cards/one/{card.public_id}/")
    assert "丢失" in page.content.decode()
    chen.post(f"/bureau/cards/one/{card.public_id}/reissue/", {"reason": "补发"})
    fresh = cards.successor_of(card)
    assert fresh.number in chen.get(f"/bureau/cards/one/{card.public_id}/").content.decode()
    zhou.post("/bureau/cards/list/act/", {"ids": [fresh.public_id], "act": "extend", "until": "2027-12-31"})
    assert Card.everywhere.get(pk=fresh.pk).expires_on.isoformat() == "2027-12-31"
    zhou.post("/bureau/cards/list/act/", {"ids": [fresh.public_id], "act": "extend", "until": "gestern"})
    assert Card.everywhere.get(pk=fresh.pk).expires_on.isoformat() == "2027-12-31"


def test_strangers_find_no_card_batch_parcel_or_report(cast, way, as_actor):
    batch = way.delivered(cast)
    [card] = way.handed(cast, [cast.lin_teacher])
    wu = as_actor(cast.strange_officer)
    parcel = Consignment.everywhere.first()
    for path in (f"one/{card.public_id}", f"batches/{batch.public_id}", f"parcels/{parcel.public_id}"):
        assert wu.get(f"/bureau/cards/{path}/").status_code == 404
    assert as_actor(cast.lin).get("/bureau/cards/list/").status_code == 403


def test_the_list_finds_filters_and_exports(cast, way, as_actor):
    way.delivered(cast)
    [card] = way.handed(cast, [cast.lin_teacher])
    zhou = as_actor(cast.zhou)
    for query in (card.number, card.number[-5:], cast.lin_teacher.name):
        assert card.number in zhou.get("/bureau/cards/list/", {"q": query, "state": "issued"}).content.decode()
    assert card.number not in zhou.get("/bureau/cards/list/", {"state": "held"}).content.decode()
    book = zhou.get("/bureau/cards/list/", {"export": "xlsx"})
    assert book.status_code == 200
    book.close()


def test_cards_and_handbook_are_printed(cast, way, as_actor):
    batch = way.delivered(cast)
    for path in (f"/bureau/cards/batches/{batch.public_id}/sheets.pdf", "/bureau/cards/handbook.pdf"):
        answer = as_actor(cast.mei).get(path)
        assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")
    assert as_actor(cast.mei).get(f"/bureau/cards/batches/{batch.public_id}/sheets.pdf", {"part": 7}).status_code == 404


def test_a_member_orders_hours_on_the_own_page_and_the_county_takes_the_payment(cast, way, as_actor):
    lin, zhou = as_actor(cast.lin), as_actor(cast.zhou)
    assert lin.post("/my/card/hours/", {"hours": "20"}).status_code == 409
    way.member(cast)
    assert lin.post("/my/card/hours/", {"hours": "0"}).status_code == 422
    assert lin.post("/my/card/hours/", {"hours": "20"}).status_code == 302
    assert "20.00" in zhou.get("/bureau/cards/sold/").content.decode()
    zhou.post(f"/bureau/cards/sold/{HoursPurchase.everywhere.get().public_id}/", {"act": "paid", "receipt": "0012"})
    assert HoursPurchase.everywhere.get().state == "paid"
    assert lin.get("/my/card/").status_code == 200
    lin.post("/my/card/hours/", {"hours": "5"})
    order = HoursPurchase.everywhere.get(state="ordered")
    assert as_actor(cast.chen).post(f"/my/card/hours/{order.public_id}/cancel/").status_code == 403
    lin.post(f"/my/card/hours/{order.public_id}/cancel/")
    assert HoursPurchase.everywhere.get(pk=order.pk).state == "cancelled"


def test_a_school_stands_under_its_menu_entry_on_every_page_of_cards(cast, as_actor):
    chen = as_actor(cast.chen)
    for name in ("reports", "parcels", "list", "hand-out"):
        page = chen.get(f"/bureau/cards/{name}/").content.decode()
        assert 'aria-current="page"' in page.split('href="/bureau/cards/reports/"', 1)[1].split(">", 1)[0], name
