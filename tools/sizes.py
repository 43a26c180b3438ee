"""No file, function, class, template, test or room grows past what a reader holds in mind; the bounds stand in `LIMITS`."""

from __future__ import annotations

import ast
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent

# what is measured: (most any one may have, most at the 95th percentile, most at the median); None is not bounded
LIMITS: dict[str, tuple[int, int | None, int | None]] = {
    "file": (400, 250, 80),
    "function": (50, 30, 8),
    "class": (200, None, None),
    "branches": (10, None, None),
    "template": (150, 100, None),
    "test file": (400, None, None),
    "room": (2500, None, None),
}
# A distribution over fewer says nothing.
ENOUGH = 20
BRANCHING = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler, ast.comprehension, ast.match_case)


@dataclass
class Measured:
    """Every size found, by kind: (lines or branches, where)."""

    sizes: dict[str, list[tuple[int, str]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, kind: str, size: int, where: str) -> None:
        """The size counts among its kind."""
        self.sizes[kind].append((size, where))


def line_count(text: str) -> int:
    """Lines as an editor shows them."""
    return len(text.splitlines())


def own_nodes(function: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a function without those of functions and classes inside it."""
    for child in ast.iter_child_nodes(function):
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            yield child
            yield from own_nodes(child)


def branches(function: ast.AST) -> int:
    """Ways through a function beyond the first: ifs, loops, handlers, cases (as ruff's C901 counts them)."""
    return sum(isinstance(node, BRANCHING) for node in own_nodes(function))


def measure_code(measured: Measured, path: Path, name: str) -> None:
    """The sizes of one file of code, its classes and functions."""
    text = path.read_text(encoding="utf-8")
    measured.add("file", line_count(text), name)
    for node in ast.walk(ast.parse(text, name)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            lines, where = (node.end_lineno or node.lineno) - node.lineno + 1, f"{name}:{node.lineno} {node.name}"
            if isinstance(node, ast.ClassDef):
                measured.add("class", lines, where)
            else:
                measured.add("function", lines, where)
                measured.add("branches", branches(node), where)


def code_files(root: Path) -> list[Path]:
    """Python of the product; migrations are written by a machine and frozen."""
    files = [path for folder in ("src", "tools", "bench") for path in (root / folder).rglob("*.py")]
    return sorted(path for path in files if "migrations" not in path.parts and path.stat().st_size)


def measure(root: Path) -> Measured:
    """Every size of the checkout."""
    measured, rooms = Measured(), root / "src/xingtan/domains"
    room_lines: dict[str, int] = defaultdict(int)
    for path in code_files(root):
        measure_code(measured, path, path.relative_to(root).as_posix())
        if path.is_relative_to(rooms) and path.parent != rooms:
            room_lines[path.relative_to(rooms).parts[0]] += line_count(path.read_text(encoding="utf-8"))
    for room, lines in sorted(room_lines.items()):
        measured.add("room", lines, room)
    for kind, files in (("template", root.glob("src/xingtan/**/templates/**/*.html")), ("test file", root.glob("tests/**/*.py"))):
        for path in sorted(files):
            measured.add(kind, line_count(path.read_text(encoding="utf-8")), path.relative_to(root).as_posix())
    return measured


def percentile95(sizes: Iterable[int]) -> int:
    """The size that 95 in 100 do not pass."""
    ordered = sorted(sizes)
    return ordered[(len(ordered) * 95 + 99) // 100 - 1]


def problems_of(kind: str, found: list[tuple[int, str]]) -> Iterator[str]:
    """Where this kind passes its bounds."""
    most, most_95, most_median = LIMITS[kind]
    sizes = [size for size, _where in found]
    yield from (f"{where}: {kind} of {size}, at most {most}" for size, where in found if size > most)
    if len(sizes) < ENOUGH:
        return
    if most_95 is not None and percentile95(sizes) > most_95:
        longest = ", ".join(where for _size, where in sorted(found, reverse=True)[: len(found) // 20 + 1][:12])
        yield f"{kind}: 95th percentile {percentile95(sizes)}, at most {most_95}; longest: {longest}"
    if most_median is not None and median(sizes) > most_median:
        yield f"{kind}: median {median(sizes):g}, at most {most_median}"


def summary(measured: Measured) -> str:
    """One line: median, 95th percentile and most of each kind."""
    sizes = {kind: [size for size, _where in found] for kind, found in measured.sizes.items() if found}
    return "median/p95/max " + "; ".join(f"{kind} {median(found):g}/{percentile95(found)}/{max(found)}" for kind, found in sizes.items())


def test_ratio(root: Path, measured: Measured) -> str:
    """Lines of tests for one line of the product; 1.2 to 2 is what we want, and no bound."""
    product = sum(size for size, where in measured.sizes["file"] if where.startswith("src/"))
    tests = sum(size for size, _where in measured.sizes["test file"])
    return f"tests {tests / product:.2f} lines a line of product" if product else "no product"


def main() -> int:
    """Prints what is too large and one line of figures; 0 when nothing is."""
    measured = measure(ROOT)
    problems = [problem for kind in LIMITS for problem in problems_of(kind, measured.sizes[kind])]
    print(*problems, sep="\n", end="\n" if problems else "")
    print(f"{summary(measured)}; {test_ratio(ROOT, measured)}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
