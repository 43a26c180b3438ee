"""How often the code asks a checker to look away; each time with a reason after two dashes, or this fails.

The uses of `everywhere`, the manager that reads without a scope, are counted as well, by floor or room.
"""

from __future__ import annotations

import io
import re
import sys
import tokenize
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("src", "tools", "tests", "bench")
LOOKS_AWAY = re.compile(r"#\s*(?P<kind>noqa|type:\s*ignore|pragma:\s*no cover|fmt:\s*(?:off|skip))(?P<codes>[^#]*)(?P<rest>.*)")
UNSCOPED = re.compile(r"\.everywhere\b")
REASON = re.compile(r"--\s*\S.{5,}")
NEEDS_CODES = {"noqa": re.compile(r"^:\s*[A-Z]+\d+"), "type: ignore": re.compile(r"^\[[\w,\s-]+\]")}
# The formatter's marks change nothing that runs.
NEEDS_NO_REASON = {"fmt: off", "fmt: skip"}


def comments(source: str) -> Iterator[tuple[int, str]]:
    """Line and text of every comment."""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def suppressions(source: str) -> Iterator[tuple[int, str, str | None]]:
    """Line and kind of every suppression, and what is wrong with it (or None)."""
    for line, text in comments(source):
        found = LOOKS_AWAY.search(text)
        if not found:
            continue
        kind = re.sub(r":\s*", ": ", found["kind"])
        yield line, kind, problem_of(kind, found["codes"].strip(), found["codes"] + found["rest"])


def problem_of(kind: str, codes: str, rest: str) -> str | None:
    """Why this suppression may not stay as it is, or None."""
    if kind in NEEDS_NO_REASON:
        return None
    if kind in NEEDS_CODES and not NEEDS_CODES[kind].match(codes):
        return f"{kind} names no rule"
    if kind == "type: ignore" and not codes.endswith("]"):
        return "type: ignore wants its reason in a comment of its own: `# type: ignore[code]  # -- reason`"
    return None if REASON.search(rest) else f"{kind} gives no reason after --"


def check(files: list[Path], root: Path) -> tuple[list[str], Counter[str]]:
    """Problems as `file:line: what`, and how many there are of each kind."""
    problems: list[str] = []
    counts: Counter[str] = Counter()
    for path in files:
        for line, kind, problem in suppressions(path.read_text(encoding="utf-8")):
            counts[kind] += 1
            if problem:
                problems.append(f"{path.relative_to(root)}:{line}: {problem}")
    return problems, counts


def home_of(path: Path, source: Path) -> str:
    """The room or floor that a file of the product belongs to."""
    parts = path.relative_to(source).parts
    return parts[1] if parts[0] in {"domains", "foundation"} and len(parts) > 1 else parts[0]


def unscoped(source: Path) -> Counter[str]:
    """How often each floor or room reads `everywhere`."""
    uses: Counter[str] = Counter()
    for path in sorted(source.rglob("*.py")):
        if "migrations" not in path.parts:
            uses[home_of(path, source)] += len(UNSCOPED.findall(path.read_text(encoding="utf-8")))
    return +uses


def main() -> int:
    """Prints the problems and the tally; 0 when every suppression gives its reason."""
    files = [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py")) if "migrations" not in path.parts]
    problems, counts = check(files, ROOT)
    print(*problems, sep="\n", end="\n" if problems else "")
    uses = unscoped(ROOT / "src/xingtan")
    print(", ".join(f"{count} {kind}" for kind, count in counts.most_common()) or "none", end="; ")
    print(f"everywhere {uses.total()}:", ", ".join(f"{home} {count}" for home, count in uses.most_common()))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
