"""The workbench walk: a pack is drafted, broken, mended, compared, tried on a past year, reviewed by another, published, and a year opened with it."""

from __future__ import annotations

import re

import pytest

from tests.journeys.eyes import DESK, PHONE, Person, context_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]
MORE = (("workshop = 22_00", "workshop = 26_00"), ("required_centi = 360_00", "required_centi = 380_00"), ("= 410_00", "= 430_00"))


@pytest.fixture
def pair(served, window):
    """Two officers of the province, each at a browser of their own."""
    both = {login: Person(context_of(window, served.url)) for login in ("province", "province2")}
    for login, one in both.items():
        one.sign_in(login)
    yield both
    for login, one in both.items():
        one.page.screenshot(path=served.home / f"last-{login}.png")
        one.context.close()


def test_rules_are_written_tried_reviewed_and_published(pair):
    writer, colleague = pair["province"], pair["province2"]
    address = begin(writer)
    break_a_line_and_mend_it(writer)
    change_the_rules(writer)
    meet(writer, colleague, address)
    compare(writer, address)
    try_on_last_year(writer, address)
    ask_and_approve(writer, colleague, address)
    publish(writer, address)
    open_a_year(writer)


def begin(writer):
    """A draft of the pack that the years are bound to stands open."""
    writer.go("/bureau/policies/")
    writer.press("政策工作台")
    label = next(one for one in writer.page.locator("[name=source] option").all_inner_texts() if "jiangxi-2011" in one)
    writer.page.select_option("[name=source]", label=label)
    writer.press("起稿")
    writer.reads("规则释读", "没有错误", "学时已满，且各部分内容学时已满，且作业、成果全部合格，且学时全部验证的，结论为“合格”")
    return writer.page.url


def write(person, change):
    """The text is changed as by typing, and saved by itself."""
    area = person.page.locator("textarea[name=text]")
    with person.page.expect_response(lambda answer: answer.url.endswith("/save/")):
        area.fill(change(area.input_value()))


def break_a_line_and_mend_it(writer):
    """One item asks for 74 hours: the line is marked, the sum is told, and a click mends it."""

    def broken(text):
        at = text.index("number = 3\n")
        return text[:at] + text[at:].replace("workshop = 22_00", "workshop = 24_00", 1)

    write(writer, broken)
    wrong = writer.page.locator(".wb-er")
    wrong.wait_for()
    assert "workshop = 24_00" in wrong.inner_text()
    number = wrong.locator("i").inner_text()
    writer.page.keyboard.press("F8")
    writer.reads(f"第 {number} 行", "5 × 74.00 = 370.00，周期应修 360.00", f"行 {number}，列", "1 处错误")
    writer.look()
    writer.press("本行改为 workshop = 22_00")
    writer.reads("没有错误")
    assert writer.page.locator(".wb-er").count() == 0


def change_the_rules(writer):
    """The pass mark and the hours are others; the rules in words say so at once."""

    def changed(text):
        text = text.replace("pass_score = 60", "pass_score = 65")
        for old, new in MORE:
            text = text.replace(old, new)
        return text

    write(writer, changed)
    writer.page.get_by_text("65 分合格").wait_for()
    writer.reads("原为：60 分合格", "没有错误", "每人应修 380.00 学时")


def meet(writer, colleague, address):
    """Two write at once: the second save is refused, and what the second typed is kept as a draft of its own."""
    colleague.go(address)
    write(writer, lambda text: f"{text}# 程以南\n")
    with colleague.expecting("409"):
        write(colleague, lambda text: f"{text}# 邵一鸣\n")
        colleague.page.get_by_text("程以南在").wait_for()
        colleague.reads("仍在本页", "双方的内容都没有丢失")
        colleague.page.get_by_role("button", name="把我的另存为一份草稿").click()
        colleague.page.wait_for_url(lambda url: url != address and "/drafts/" in url)
    assert colleague.page.locator("textarea[name=text]").input_value().endswith("# 邵一鸣\n")


def compare(writer, address):
    """What differs stands by chapter, with before, after, clause and line."""
    writer.go(address)
    writer.press("对照", within=".x-page-head")
    writer.reads("考试 · 合格分", "60 分", "65 分", "360.00 学时", "380.00 学时", "在“十二五”期间")


def try_on_last_year(writer, address):
    """The trial on a past year counts whose verdict would change, by change, by row and by place."""
    writer.go(address)
    years = writer.page.locator("[name=year] option").all_inner_texts()
    writer.page.select_option("[name=year]", label=years[1])
    writer.page.locator("textarea[name=text]").press("Control+Enter")
    writer.page.locator(".wb-huge").wait_for()
    writer.look()
    assert int(writer.page.locator(".wb-huge").inner_text().replace(",", "")) > 0
    writer.reads(
        "人结论会改变", "变严", "按改动（逐项单独试算）", "按认定行", "合格 → 应参加统一考试", "青原区", "只试算，不改动已生效的结论"
    )
    writer.page.locator("#trial").get_by_role("link", name=re.compile("^全部")).click()
    writer.page.wait_for_url("**/trials/**")
    writer.reads("学年结论会改变的教师", "应参加统一考试")
    writer.look()


def ask_and_approve(writer, colleague, address):
    """The writer cannot approve; the colleague is told and does."""
    writer.go(address)
    writer.press("请他人复核")
    writer.reads("须由省里另一人复核", "待复核")
    colleague.go("/messages/")
    colleague.press("请您复核")
    colleague.reads("程以南请您复核")
    colleague.page.fill("[name=remark]", "与通知一致")
    colleague.press("通过")
    colleague.reads("可以发布")


def publish(writer, address):
    """The draft is closed and names its pack."""
    writer.go(address)
    writer.reads("与通知一致")
    writer.press("发布")
    writer.reads("已发布", "65 分合格")
    writer.go(address)
    writer.reads("草稿关闭")
    assert writer.page.locator("textarea[name=text]").get_attribute("readonly") is not None


def open_a_year(writer):
    """The next year is bound to the new version."""
    writer.go("/bureau/years/open/")
    label = writer.page.locator("[name=pack] option").all_inner_texts()[0]
    writer.page.select_option("[name=pack]", label=label)
    year = writer.page.input_value("[name=year]")
    writer.press("下一步")
    writer.page.check("[name=confirm]")
    writer.press(f"开设 {year} 学年")
    writer.go("/bureau/policies/")
    row = writer.page.locator("tr", has_text=label.rpartition(" · ")[2]).first
    assert year in row.inner_text()


@pytest.mark.parametrize(("language", "size"), [("en", DESK), ("zh-hans", PHONE), ("en", PHONE)])
def test_the_workbench_is_whole_in_both_languages_and_sizes(served, window, language, size):
    person = Person(context_of(window, served.url, size=size, language=language))
    person.sign_in("province")
    person.go("/bureau/policies/drafts/")
    person.page.locator("main form", has=person.page.locator("select[name=source]")).locator("button").click()
    person.page.locator("textarea[name=text]").wait_for()
    person.look()
    address = person.page.url
    for path in ("compare/?with=pack:1", "history/", "words/"):
        person.go(f"{address}{path}")
    person.context.close()


def test_without_a_script_the_text_is_saved_and_its_mistakes_shown(served, window):
    plain = window.new_context(base_url=served.url, java_script_enabled=False, locale="zh-CN")
    try:
        page = plain.new_page()
        page.goto("/sign-in/")
        page.fill("main [name=identity]", "province")
        page.fill("main [name=password]", "xingtan-demo")
        page.click("main button[type=submit]")
        page.goto("/bureau/policies/drafts/")
        page.get_by_role("button", name="起稿").click()
        area = page.locator("textarea[name=text]")
        area.fill(area.input_value().replace("seconds_per_hour = ", "seconds_per_hours = "))
        page.get_by_role("button", name="保存", exact=True).click()
        assert "这里没有叫 'seconds_per_hours' 的字段" in page.locator("#wb-problems").inner_text()
        page.get_by_role("button", name="本行改为 seconds_per_hour", exact=True).click()
        assert "没有错误" in page.locator("#bench").inner_text()
    finally:
        plain.close()
