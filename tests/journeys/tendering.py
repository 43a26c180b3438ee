"""The year's walk, second part: a call under two keys is published, a provider seals its bid, and nobody sees that there is one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from tests.journeys.eyes import Person
from xingtan.core.calendar import SHANGHAI

PROVIDER = "明德教师研修中心"
CALL = {"content": "两段研修：自主学习与校本研修。", "requirements": "有小学语文课程与团队。"}
BID = {"plan": "先诊断，再分组，送教到校。", "courses": "四门短课，二十个课例。", "price": "28800"}


def hold_a_tender(people: Mapping[str, Person], pid: str, title: str) -> None:
    """The call stands in public, one bid is sealed, and the office reads neither from whom nor how many."""
    province = people["province"]
    call(province, pid, title)
    address = province.page.url
    for login, side in (("province", "office"), ("city", "witness")):
        make_key(people[login], province, address, side)
    province.go(address)
    province.press("发布公告")
    seal(people["provider"], title)
    province.go(address)
    assert PROVIDER not in province.page.locator("main").inner_text()
    people["teacher"].go("/tenders/")
    people["teacher"].reads(title)


def call(province: Person, pid: str, title: str) -> None:
    """A draft of the call, open for bids from a minute ago on."""
    page, now = province.page, datetime.now(SHANGHAI)
    province.go(f"/bureau/projects/{pid}/")
    province.press("遴选")
    province.press("新公告")
    page.locator("[name=project]").select_option(pid)
    page.fill("[name=title]", title)
    for name, text in CALL.items():
        page.fill(f"[name={name}]", text)
    page.fill("[name=opens_at]", (now - timedelta(minutes=1)).strftime("%Y-%m-%dT%H:%M"))
    page.fill("[name=closes_at]", (now + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M"))
    page.fill("[name=panel_size]", "3")
    province.press("保存")
    province.reads(title)


def make_key(holder: Person, province: Person, address: str, side: str) -> None:
    """The person is asked for a key, writes the passphrase down and types it back."""
    province.go(address)
    form = province.page.locator("form", has=province.page.locator(f"input[name=side][value={side}]"))
    name = holder.page.locator("header").first.inner_text()
    options = form.locator("option").all()
    wanted = next(one for one in options if one.inner_text().split(" · ")[0] in name)
    form.locator("select").select_option(value=wanted.get_attribute("value"))
    with province.page.expect_navigation():
        form.get_by_role("button").click()
    holder.go(address.rstrip("/") + "/key/")
    holder.press("制作我的钥匙")
    holder.page.fill("[name=passphrase]", holder.page.locator(".x-passphrase code").inner_text())
    holder.press("已抄好")


def seal(provider: Person, title: str) -> None:
    """The provider finds the call and seals its bid; the receipt names the digest."""
    provider.go("/provider/tenders/")
    provider.press(title)
    for name, text in BID.items():
        provider.page.fill(f"[name={name}]", text)
    provider.press("密封并递交")
    provider.reads("SHA-256")
