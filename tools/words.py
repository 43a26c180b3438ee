"""One concept, one word: names that use a synonym which docs/glossary.md refuses are listed, with the word to use instead.

The `Not` column holds the refused words; the list under "Right elsewhere" holds names in which such a word means something else,
or words that are right under a folder (`word` under `folder`).
Only names that this code gives are looked at (definitions, arguments, assignments, files), never those of libraries that it uses.
A word in italics (_`group`_) is an everyday word as well: a function may use it for a variable of its own.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

ROOT = Path(__file__).resolve().parent.parent
GLOSSARY = ROOT / "docs/glossary.md"
FOLDERS = ("src/xingtan", "bench")
TICKED = re.compile(r"`([^`]+)`")
EVERYDAY = re.compile(r"_`([^`]+)`_")
WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")

Words: TypeAlias = tuple[str, ...]


@dataclass(frozen=True)
class Glossary:
    """Refused words with the word to use, and the names in which they are right."""

    refused: dict[Words, str]
    right: frozenset[Words]
    everyday: frozenset[Words]
    under: tuple[tuple[str, frozenset[Words]], ...] = ()

    def there(self, path: str) -> Glossary:
        """The glossary as it holds in the file with this path: what is right under a folder of it is right."""
        here = [words for start, words in self.under if start in path]
        return replace(self, right=self.right.union(*here)) if here else self


def split(name: str) -> Words:
    """The words of a name, small and singular: `TeachingPoints` is teaching, point."""
    return tuple(singular(word.lower()) for word in WORD.findall(name))


def singular(word: str) -> str:
    """The word without the s of its plural."""
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def read_glossary(text: str) -> Glossary:
    """The glossary's table (Chinese | English in code | Not | meaning) and its list of names that are right elsewhere."""
    refused: dict[Words, str] = {}
    everyday: set[Words] = set()
    table, _heading, elsewhere = text.partition("## Right elsewhere")
    for line in table.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if line.startswith("|") and len(cells) == 4:
            refused |= {split(word): cells[1] for word in TICKED.findall(cells[2])}
            everyday |= {split(word) for word in EVERYDAY.findall(cells[2])}
    names = [line.split(":")[0].partition(" under ") for line in elsewhere.splitlines() if line.startswith("- ")]
    right = frozenset(split(word) for words, _under, places in names if not places for word in TICKED.findall(words))
    under = ((start, frozenset(map(split, TICKED.findall(words)))) for words, _under, places in names for start in TICKED.findall(places))
    return Glossary(refused, right, frozenset(everyday), tuple(under))


def places(part: Words, whole: Words) -> set[int]:
    """Every index of the whole that an occurrence of the part covers."""
    width = len(part)
    return {at + step for at in range(len(whole) - width + 1) if whole[at : at + width] == part for step in range(width)}


def synonym_in(name: str, glossary: Glossary, *, is_local: bool = False) -> str | None:
    """The word to use instead, when the name holds a refused one that is not right here; else None."""
    words = split(name)
    right = {place for part in glossary.right for place in places(part, words)}
    asked = {refused: use for refused, use in glossary.refused.items() if not (is_local and refused in glossary.everyday)}
    return next((use for refused, use in asked.items() if places(refused, words) - right), None)


def local_names(tree: ast.AST) -> set[ast.AST]:
    """The variables that functions and comprehensions keep to themselves."""
    inside = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.GeneratorExp, ast.ListComp, ast.SetComp, ast.DictComp)
    scopes = (node for node in ast.walk(tree) if isinstance(node, inside))
    return {name for scope in scopes for name in ast.walk(scope) if isinstance(name, ast.Name)}


def given_names(tree: ast.AST) -> Iterator[tuple[int, str, bool]]:
    """Line and text of every name that the code itself gives, and whether only one function ever reads it."""
    local = local_names(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.lineno, node.name, False
        elif isinstance(node, ast.arg):
            yield node.lineno, node.arg, False
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.id, node in local
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.attr, False


def names_of(path: Path) -> Iterator[tuple[int, str, bool]]:
    """Line, text and reach of every name in a file, its own name first."""
    yield 1, path.stem, False
    if path.suffix == ".py":
        yield from given_names(ast.parse(path.read_text(encoding="utf-8"), str(path)))


def check(root: Path, folders: tuple[str, ...], glossary: Glossary) -> list[str]:
    """Every name with a refused word, as `file:line: name: use word`."""
    problems: list[str] = []
    for folder in folders:
        for path in sorted(path for path in (root / folder).rglob("*") if path.suffix in {".py", ".html"}):
            if {"migrations", "vendor", "templatetags"} & set(path.parts):
                continue
            here = glossary.there(path.relative_to(root).as_posix())
            for line, name, is_local in names_of(path):
                if use := synonym_in(name, here, is_local=is_local):
                    problems.append(f"{path.relative_to(root)}:{line}: {name}: the glossary says {use}")
    return sorted(set(problems))


def main() -> int:
    """Prints the names to change; 0 when there is none."""
    glossary = read_glossary(GLOSSARY.read_text(encoding="utf-8"))
    problems = check(ROOT, FOLDERS, glossary)
    print(*problems, sep="\n", end="\n" if problems else "")
    print(f"words: {len(glossary.refused)} refused, {len(problems)} used")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
