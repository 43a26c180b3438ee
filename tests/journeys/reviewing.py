"""The walk's third part: hours are entered, reviewed, reported and verified; the verdict; the certificate and its check."""

from __future__ import annotations

import io
import re

from pypdf import PdfReader

from tests.journeys.eyes import Person
from tests.journeys.opening import COURSE, NAME, YEAR

NUMBER = re.compile(r"XT-\d{4}-\d{4}-\d{6}")
NOT_FOUND = "编号的最后一位校验码与其他各位不符"


def enter_the_hours(provider: Person) -> None:
    """What the teacher learned stands in the ledger."""
    provider.go(f"/provider/enter/?year={YEAR}")
    provider.reads(NAME, COURSE, "50.00", "22.00", "72.00")
    provider.press("全部登记")
    provider.reads("已登记 2 条")


def review_and_report(reviewer: Person) -> None:
    """A second person at the school has passed both entries on."""
    reviewer.go(f"/school/entries/?year={YEAR}")
    reviewer.reads(NAME, "50.00", "22.00")
    reviewer.press("条中检查无误的")
    reviewer.reads("已通过 2 条")
    reviewer.go(f"/school/entries/?tab=report&year={YEAR}")
    reviewer.press("全部上报")
    reviewer.reads("已通过 2 条")


def review_and_verify(county: Person) -> None:
    """The county has reviewed and then verified, each in one batch."""
    for tab in ("review", "verify"):
        county.go(f"/bureau/queue/?tab={tab}&year={YEAR}")
        county.reads(NAME, COURSE)
        county.press("通过无误的 2 条")
        county.reads("已通过 2 条")


def see_it_on_the_record(teacher: Person) -> None:
    """Every hour opens to its evidence, and the verdict to its numbers."""
    teacher.go(f"/my/record/?year={YEAR}")
    teacher.reads(COURSE, "72.0", "合格", "单元测验")
    opened = teacher.page.locator("main details, main [aria-expanded]").first
    opened.click()
    teacher.look()


def determine(province: Person) -> None:
    """The year's verdicts are worked out, and the teacher's is final."""
    page = province.page
    province.go(f"/bureau/determination/?year={YEAR}")
    province.press("试算")
    page.wait_for_function("() => !document.querySelector('[data-job]')")
    province.go(f"/bureau/determination/verdicts/?year={YEAR}&q={NAME}")
    province.reads(NAME, "合格", "72.00")
    page.get_by_label(NAME, exact=True).check()
    province.press("审验勾选的")
    province.reads("1")


def download(teacher: Person) -> tuple[str, str]:
    """The certificate's page as a PDF says what was learned. Returns its number and check code."""
    teacher.go("/my/certificates/")
    row = teacher.page.locator("tr", has_text=str(YEAR)).last
    address = row.get_by_role("link", name="PDF").get_attribute("href")
    answer = teacher.page.request.get(address or "")
    assert answer.headers["content-type"] == "application/pdf"
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.body())).pages)
    flat = re.sub(r"\s", "", text)
    for words in (NAME, "青禾实验小学", "合格", "72", COURSE):
        assert words in flat, f"{words} not in {text}"
    code = row.locator("td", has_text=re.compile(r"^\s*\w{4}-\w{4}\s*$")).inner_text().strip()
    number = NUMBER.search(flat)
    assert number, text
    assert code in flat, text
    return number.group(), code


def check(visitor: Person, number: str, code: str) -> None:
    """Whoever follows the QR code reads that it is valid; a number with one digit changed is not found, with the reason."""
    visitor.go(f"/check/{code}/")
    visitor.reads("有效", number, "青禾实验小学", "72.0", "电子签名有效")
    assert NAME not in visitor.page.locator("body").inner_text()
    changed = number[:-1] + str((int(number[-1]) + 1) % 10)
    visitor.go("/check/")
    visitor.page.locator("main [name=q]").fill(changed)
    with visitor.expecting("404"):
        visitor.press("查验")
        visitor.reads("查不到", NOT_FOUND)


def revoke(province: Person, number: str) -> None:
    """The page is revoked, with a reason."""
    province.go(f"/bureau/certificates/?q={number}")
    province.press(number, within="main table")
    province.page.locator("[name=reason]").select_option("fraud")
    province.page.locator("[name=words]").fill("作业并非本人完成。")
    province.press("撤销")
    province.reads("已撤销")


def see_it_revoked(visitor: Person, code: str) -> None:
    """The check says so, and why."""
    visitor.go(f"/check/{code}/")
    visitor.reads("已撤销", "原因")
