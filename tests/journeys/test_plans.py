"""A clerk fills the year's plan at an old screen: by keyboard, from a spreadsheet, saved by itself; the county answers; a teacher answers a survey."""

from __future__ import annotations

import re

import pytest

from tests.journeys.eyes import PHONE, Person, context_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]
OLD_SCREEN = (1366, 768)
PASTED = "班主任工作坊\t师德修养\t选派外出\t小学\t语文\t班主任\t3\t40\t1,200\t形成案例集\n信息技术提升\t教学技能与教育技术\t选派外出\t\t\t信息技术\t5\t72\t900.50\t通过测评"


@pytest.fixture
def people(served, window):
    """The clerk at 1366 × 768, the county's officer, and a teacher with a phone."""
    sizes = {"clerk": OLD_SCREEN, "county": OLD_SCREEN, "teacher": PHONE}
    found = {login: Person(context_of(window, served.url, size=size)) for login, size in sizes.items()}
    yield found
    for login, one in found.items():
        one.page.screenshot(path=served.home / f"plans-{login}.png", full_page=True)
        one.context.close()


def test_a_clerk_fills_the_plan_and_the_county_accepts_part(people):
    clerk, county = people["clerk"], people["county"]
    clerk.sign_in("clerk")
    clerk.go("/bureau/plans/?term=second")
    clerk.press("开始编制")
    clerk.look()
    with clerk.expecting("422"):
        fill(clerk.page)
    clerk.page.wait_for_selector("[data-plan-state]:has-text('已保存')")
    clerk.page.reload()
    assert [clerk.page.input_value(f"[name=l{at}-what]") for at in (1, 2, 3)] == ["单元教学研修", "班主任工作坊", "信息技术提升"]
    assert clerk.page.inner_text("[data-plan-heads]") == "28"
    with clerk.page.expect_navigation():
        clerk.page.click("[data-plan-submit]")
    clerk.look()
    clerk.reads("已上报", "撤回")
    address = clerk.page.url
    county.sign_in("county")
    county.go("/bureau/plans/?term=second")
    county.reads("青禾实验小学", "28", "2,920.50")
    county.page.goto(address)
    county.look()
    county.page.locator("[name$='-accepted_count']").nth(1).fill("2")
    county.page.locator("[name=words]").first.fill("同意")
    with county.page.expect_navigation():
        county.page.locator("form[action$='/accept/'] button").click()
    county.look()
    clerk.page.reload()
    clerk.reads("已核定", "同意")


def fill(page):
    """One line by keyboard, a wrong number that is told beside its cell, two lines pasted, one line moved."""
    page.fill("[name=l1-what]", "单元教学研修")
    page.select_option("[name=l1-area]", "professional")
    page.fill("[name=l1-head_count]", "二十")
    page.fill("[name=l1-hours_centi]", "１２")
    page.fill("[name=l1-budget_fen]", "820")
    page.keyboard.press("Control+s")
    page.wait_for_selector("[data-col=head_count] .x-error")
    page.fill("[name=l1-head_count]", "20")
    page.press("[name=l1-what]", "Enter")
    assert page.evaluate("document.activeElement.name") == "l2-what"
    page.evaluate("""text => { const data = new DataTransfer(); data.setData("text/plain", text);
        document.activeElement.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true})); }""", PASTED)  # fmt: skip
    assert page.inner_text("[data-plan-yuan]") == "2,920.50"
    page.press("[name=l3-what]", "Alt+ArrowUp")
    page.press("[name=l3-what]", "Alt+ArrowDown")
    page.keyboard.press("Control+s")


def test_a_teacher_answers_a_survey_on_the_phone(people, served):
    teacher = people["teacher"]
    teacher.sign_in(re.search(r"teacher\s+(\S+)", served.said)[1])
    teacher.go("/surveys/")
    teacher.press("填写")
    teacher.look()
    page = teacher.page
    names = page.eval_on_selector_all("input[type=radio]", "all => [...new Set(all.map(one => one.name))]")
    page.check(f"[name={names[0]}] >> nth=1")
    page.wait_for_selector("[data-survey-state]:has-text('已保存')")
    page.reload()
    assert page.is_checked(f"[name={names[0]}] >> nth=1")
    page.check(f"[name={names[1]}] >> nth=3")
    page.fill("input[inputmode=numeric]", "3")
    with page.expect_navigation():
        page.click("text=提交")
    teacher.look()
    teacher.reads("谢谢")
