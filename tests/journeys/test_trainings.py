"""The walk of hours earned otherwise: a school declares a training, the county approves, attendance becomes hours, they are entered and reviewed."""

from __future__ import annotations

import pytest

from tests.journeys.eyes import DESK, PHONE, Person, context_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]
YEAR = 2025
TEACHER = "19980399999"  # 林知微 of the demonstration
TITLE, LESSON = "语文组磨课研训", "公开课《荷塘月色》"
PDF = {"name": "方案.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 a plan"}


@pytest.fixture
def people(served, window):
    """The clerk, the county's officer, the reviewer, and the teacher with a phone."""
    sizes = {"clerk": DESK, "county": DESK, "reviewer": DESK, "teacher": PHONE}
    found = {login: Person(context_of(window, served.url, size=size)) for login, size in sizes.items()}
    for login, one in found.items():
        one.sign_in(TEACHER if login == "teacher" else login)
    yield found
    for login, one in found.items():
        one.page.screenshot(path=served.home / f"last-{login}.png")
        one.context.close()


def test_a_training_from_its_declaration_to_the_review(people):
    clerk, county = people["clerk"], people["county"]
    declare(clerk)
    approve(county)
    hold(clerk)
    enter(clerk)
    people["reviewer"].go(f"/school/entries/?year={YEAR}&q=林知微")
    people["reviewer"].reads("林知微", TITLE)
    claim(people["teacher"])
    recognise(clerk)
    folder(county)


def declare(clerk):
    clerk.go(f"/bureau/trainings/?year={YEAR}")
    clerk.press("申报培训")
    page = clerk.page
    for name, text in {"title": TITLE, "ground": "本校教师队伍建设规划第三条", "planned": "6", "place": "三楼会议室"}.items():
        page.fill(f"[name={name}]", text)
    page.fill("[name=first_on]", f"{YEAR + 1}-06-01")
    page.fill("[name=last_on]", f"{YEAR + 1}-06-12")
    page.get_by_label("林知微").check()
    page.locator("[name=people]:not(:checked)").first.check()
    page.set_input_files("[name=proof-plan]", PDF)
    clerk.press("申报")
    clerk.reads(TITLE, "待县批准", "林知微", "方案.pdf")


def approve(county):
    county.go(f"/bureau/trainings/?year={YEAR}")
    county.page.get_by_label(TITLE).check()
    county.press("批准")
    county.reads("已处理 1 项培训", "已批准")


def hold(clerk):
    page = clerk.page
    clerk.go(f"/bureau/trainings/?year={YEAR}&q=磨课")
    clerk.press(TITLE)
    page.fill("[name=on]", f"{YEAR + 1}-06-05")
    page.fill("[name=begins]", "09:00")
    page.fill("[name=ends]", "11:30")
    page.locator("main [name=topic]").fill("同课异构")
    clerk.press("添加活动")
    clerk.press("考勤", within="main table")
    page.get_by_label("林知微").fill("150")
    clerk.press("保存签到")
    clerk.reads("到会 1 人", "2.50")
    clerk.press("折合学时")
    clerk.reads("1 位教师的学时可以登记", "已折合")


def enter(clerk):
    clerk.press("登记学时")
    clerk.reads("林知微", TITLE, "2.50")
    clerk.press("全部登记")
    clerk.reads("已登记")


def claim(teacher):
    teacher.go("/my/claims/")
    teacher.press("申报学时")
    teacher.go(f"/my/claims/new/?year={YEAR}&way=open_lesson")
    teacher.reads("每学年最多计 6.00 学时")
    page = teacher.page
    for name, text in {"title": LESSON, "organiser": "区教研室", "amount": "2", "happened_on": f"{YEAR + 1}-05-20"}.items():
        page.fill(f"[name={name}]", text)
    page.set_input_files("[name=proof-certificate]", PDF)
    teacher.press("提交")
    teacher.reads(LESSON, "待认定")


def recognise(clerk):
    clerk.go(f"/bureau/claims/?year={YEAR}&q=荷塘")
    clerk.page.get_by_label(LESSON).check()
    clerk.press("认定")
    clerk.reads("已处理 1 项申报", "已认定")


def folder(county):
    county.go(f"/bureau/trainings/?year={YEAR}&q=磨课")
    county.press(TITLE)
    county.press("检查档案")
    county.page.wait_for_function("() => !document.querySelector('[data-job]')")
    county.reads("缺少类别")
    with county.page.expect_download() as found:
        county.button("下载").click()
    assert found.value.suggested_filename.endswith(".zip")
