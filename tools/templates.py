"""Every template compiles, obeys the content security policy and says nothing in a language: `python tools/templates.py`."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import django
from django.template import TemplateSyntaxError
from django.template.loader import get_template

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "src/xingtan/web/templates"
COMMENT = re.compile(r"\{#.*?#\}|\{%\s*comment.*?endcomment\s*%\}|<!--.*?-->", re.DOTALL)
RULES: dict[str, re.Pattern[str]] = {
    "inline style (the policy forbids it; use a class)": re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE),
    "inline script (the policy forbids it; use a file)": re.compile(r"<script(?![^>]*\bsrc=)[^>]*>(?!\s*</script>)", re.IGNORECASE),
    "inline event handler (the policy forbids it)": re.compile(r"<[^>]*\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    "asset from another host": re.compile(
        r"<(?:script|img|link|iframe|video|source)\b[^>]*\b(?:src|href)=[\"'](?:https?:)?//", re.IGNORECASE
    ),
    "Han characters (English msgid here, Chinese in the slice)": re.compile(r"[\u3400-\u9fff]+"),
    "blocktrans without trimmed": re.compile(r"\{%\s*blocktrans(?:late)?\b(?![^%]*\btrimmed\b)"),
    "mark of unfinished work": re.compile(r"\b(?:TODO|FIXME|XXX)\b"),
}
# A JSON script is data; JSON has no inline code to run.
DATA_SCRIPT = re.compile(r"<script[^>]*type=[\"']application/(?:ld\+)?json[\"']", re.IGNORECASE)


def without_comments(text: str) -> str:
    """The template with comments blanked, line for line."""
    return COMMENT.sub(lambda comment: "\n" * comment.group().count("\n"), text)


def problems_in(text: str) -> Iterator[tuple[int, str]]:
    """Line and rule of everything that a template may not hold."""
    plain = DATA_SCRIPT.sub("<script src=", without_comments(text))
    for rule, pattern in RULES.items():
        for found in pattern.finditer(plain):
            yield plain.count("\n", 0, found.start()) + 1, rule


def compiles(name: str) -> str | None:
    """Django's complaint about this template, or None."""
    try:
        get_template(name)
    except TemplateSyntaxError as problem:
        return str(problem)
    return None


def main() -> int:
    """Prints what is wrong; 0 when nothing is."""
    django.setup()
    problems: list[str] = []
    files = sorted(path for path in TEMPLATES.rglob("*") if path.suffix in {".html", ".txt", ".svg"})
    for path in files:
        name = path.relative_to(TEMPLATES).as_posix()
        problems += [f"{name}:{line}: {rule}" for line, rule in problems_in(path.read_text(encoding="utf-8"))]
        if complaint := compiles(name):
            problems.append(f"{name}: {complaint}")
    print(*problems, sep="\n", end="\n" if problems else "")
    print(f"templates: {len(files)} files, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
