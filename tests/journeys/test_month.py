"""A clerk's month and the chasing list in a browser: acts on the page, Excel out and in, reminders with their result, papers to the seal."""

from __future__ import annotations

import re

import pytest

from tests.journeys.eyes import DESK, PHONE, Person, context_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def people(served, window):
    """The clerk and the reviewer of the school, and the county's officer, each at a browser of their own."""
    found = {login: Person(context_of(window, served.url, size=DESK)) for login in ("clerk", "reviewer", "county")}
    for login, one in found.items():
        one.sign_in(login)
    yield found
    for login, one in found.items():
        one.page.screenshot(path=served.home / f"month-{login}.png", full_page=True)
        one.context.close()


def test_a_clerk_finishes_the_month_on_one_page(people):
    clerk, reviewer = people["clerk"], people["reviewer"]
    review_on_the_page(reviewer)
    report_from_the_workbook(clerk)
    chase_with_one_click(clerk)


def review_on_the_page(reviewer):
    """What was entered is reviewed by the second person without leaving the month."""
    reviewer.go("/school/")
    reviewer.reads("确认选学", "登记学时", "复核学时", "上报学时", "更正退回", "答复", "催办", "缴费")
    section = reviewer.page.locator("#review")
    before = number(section.locator(".x-cnt").first.inner_text())
    if before:
        section.locator("[name=all]").click()
        reviewer.page.wait_for_load_state()
        reviewer.look()
        assert number(reviewer.page.locator("#review .x-cnt").first.inner_text()) < before


def report_from_the_workbook(clerk):
    """The workbook is taken out, and handed in again: without a decision it decides nothing, and says so."""
    clerk.go("/school/")
    with clerk.page.expect_download() as waited:
        clerk.page.get_by_role("link", name="导出 Excel / WPS").click()
    place = waited.value.path()
    with clerk.page.expect_navigation():
        clerk.page.set_input_files("[name=workbook]", {"name": "month.xlsx", "mimeType": XLSX, "buffer": place.read_bytes()})
    clerk.look()
    clerk.reads("以下为将要处理的内容", "没有")
    clerk.press("本月工作", within=".x-page-head")
    assert "x-stats" in clerk.page.content()


def chase_with_one_click(clerk):
    """Whoever reads messages is reminded, and of the others the page says so beforehand; a second click is not offered, and the list tells what became of each reminder."""
    clerk.go("/school/behind/all/")
    clerk.reads("催办单", "每人只列最先一项", "从未登录，收不到消息", "打印激活条")
    if clerk.page.locator(".x-page-head").get_by_role("button", name=re.compile("^提醒")).count():
        clerk.press("提醒", within=".x-page-head")
        assert clerk.page.get_by_text("已送达，未读").count() > 0
    assert clerk.page.locator(".x-page-head").get_by_role("button", name=re.compile("^提醒")).count() == 0
    with clerk.page.expect_download() as waited:
        clerk.page.get_by_role("link", name="导出").click()
    assert waited.value.path().stat().st_size > 3_000


def test_papers_go_from_the_printer_to_the_seal(people):
    clerk, county = people["clerk"], people["county"]
    clerk.go("/school/papers/new/")
    clerk.page.fill("[name=purpose]", "教师资格定期注册")
    clerk.page.locator("[name=people]").first.check()
    clerk.press("打印勾选的教师")
    clerk.press("全部送交验印")
    clerk.reads("待验印")
    number_of_paper = clerk.page.locator("tbody th a").first.inner_text()
    county.go(f"/bureau/papers/?q={number_of_paper}")
    county.press(number_of_paper, within="tbody")
    county.reads("纸件与台账一致", "主管单位将在")
    county.page.fill("form [name=mark] >> nth=0", "学时验印专用章")
    county.press("确认并验印")
    clerk.go(f"/school/papers/?q={number_of_paper}")
    clerk.press(number_of_paper, within="tbody")
    clerk.reads("核对并验印", "学时验印专用章")


def test_the_county_reads_the_rates_of_its_schools_on_a_phone_too(served, window):
    for size in (DESK, PHONE):
        officer = Person(context_of(window, served.url, size=size))
        officer.sign_in("county")
        officer.go("/bureau/rates/")
        officer.reads("各校进度", "催办人数", "合计")
        officer.context.close()


def number(text):
    return int(text.replace(",", ""))


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
