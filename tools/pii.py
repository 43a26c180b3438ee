"""Every model says which personal data it holds and how long: its docstring ends with `pii: …; kept: …`."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src/xingtan"
SAYS = re.compile(r"\bpii:\s*[^;\s][^;]*;\s*kept:\s*\S")
MODEL_BASES = {"Model", "AbstractBaseUser", "AbstractUser", "MP_Node"}


def base_names(node: ast.ClassDef) -> set[str]:
    """The last word of each base class."""
    bases = (base.value if isinstance(base, ast.Subscript) else base for base in node.bases)
    return {base.attr if isinstance(base, ast.Attribute) else base.id for base in bases if isinstance(base, ast.Attribute | ast.Name)}


def classes(files: list[Path]) -> Iterator[tuple[Path, ast.ClassDef]]:
    """Every class of the files."""
    for path in files:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path))):
            if isinstance(node, ast.ClassDef):
                yield path, node


def models(files: list[Path]) -> list[tuple[Path, ast.ClassDef]]:
    """The classes that are Django models, also through bases of our own."""
    everything, known = list(classes(files)), set(MODEL_BASES)
    found: list[tuple[Path, ast.ClassDef]] = []
    while True:
        more = [(path, node) for path, node in everything if base_names(node) & known and (path, node) not in found]
        if not more:
            return found
        found += more
        known |= {node.name for _path, node in more}


def model_files(root: Path) -> list[Path]:
    """Where models may live: `models.py`, or a package of that name."""
    return sorted({*root.rglob("models.py"), *root.rglob("models/*.py"), *root.rglob("*_models.py")})


def check(root: Path) -> tuple[list[str], int]:
    """Models that do not say it, and how many models there are."""
    found = models(model_files(root))
    silent = [(path, node) for path, node in found if not SAYS.search(" ".join((ast.get_docstring(node) or "").split()))]
    return [f"{path.relative_to(root)}:{node.lineno}: {node.name} does not say `pii: …; kept: …`" for path, node in silent], len(found)


def main() -> int:
    """Prints the silent models; 0 when there is none."""
    problems, count = check(SOURCE)
    print(*problems, sep="\n", end="\n" if problems else "")
    print(f"pii: {count} models, {len(problems)} silent")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
