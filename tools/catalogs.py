"""Message catalogs without GNU gettext: `python tools/catalogs.py build|check|missing [SLICE]`.

English msgids stand in code and templates; Chinese stands in slices, `src/xingtan/locale/zh_Hans/<slice>.po`, one per author.
`build` merges the slices into LC_MESSAGES/django.po and .mo (git-ignored). `check` fails on a msgid without Chinese, a fuzzy entry,
placeholders that differ, and two slices that disagree. `missing` prints the entries that still need Chinese, ready to paste.
"""

from __future__ import annotations

import ast
import hashlib
import re
import sys
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import NamedTuple, TypeAlias

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src/xingtan"
LOCALE = "zh_Hans"
# A catalog with the hour of its making in it would differ from itself.
ALWAYS = datetime(2026, 1, 1, tzinfo=UTC)

Spec: TypeAlias = tuple[int | tuple[int, str], ...] | None
Texts: TypeAlias = tuple[str | None, ...]

ONE: Spec = None
TWO: Spec = (1, 2)
CONTEXT: Spec = ((1, "c"), 2)
BOTH: Spec = ((1, "c"), 2, 3)
KEYWORDS: dict[str, Spec] = {
    "_": ONE,
    **{f"gettext{tail}": ONE for tail in ("", "_lazy", "_noop")},
    **{f"ngettext{tail}": TWO for tail in ("", "_lazy")},
    **{f"pgettext{tail}": CONTEXT for tail in ("", "_lazy")},
    **{f"npgettext{tail}": BOTH for tail in ("", "_lazy")},
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")


class Key(NamedTuple):
    """What gettext looks a sentence up by."""

    context: str | None
    text: str


@dataclass
class Found:
    """A sentence of code or templates and every place that says it."""

    plural: str | None
    places: list[str] = field(default_factory=list)


def calls_in_python(source: str) -> Iterator[tuple[int, str, Texts]]:
    """Line, function and text arguments of every translation call in Python."""
    for line, function, messages, _comments in extract_python(BytesIO(source.encode()), dict(KEYWORDS), (), {"encoding": "utf-8"}):
        texts: Texts = (messages,) if isinstance(messages, str) else tuple(messages or ())
        yield line, str(function), texts


CALL = re.compile(r"\b(n?p?gettext|_)\(\s*")
LITERAL = re.compile(r"""u?("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')\s*,?\s*""")


def calls_in_template(source: str, name: str) -> Iterator[tuple[int, str, Texts]]:
    """The same for a template; Django turns it into gettext calls among blanks, which no Python tokenizer need accept."""
    code = templatize(source, origin=name)
    for call in CALL.finditer(code):
        texts: list[str] = []
        at = call.end()
        while literal := LITERAL.match(code, at):
            texts.append(ast.literal_eval(literal.group(1)))
            at = literal.end()
        if texts:
            yield code.count("\n", 0, call.start()) + 1, call.group(1), tuple(texts)


def sentence(function: str, texts: Texts) -> tuple[Key, str | None] | None:
    """The key and plural that this call looks up, or None when its text is not written there."""
    has_context, has_plural = "pgettext" in function, function.startswith("n")
    if has_context and not (len(texts) > 1 and texts[0]):
        return None
    rest = texts[1:] if has_context else texts
    if not rest or not rest[0]:
        return None
    plural = rest[1] if has_plural and len(rest) > 1 else None
    return Key(texts[0] if has_context else None, rest[0]), plural


def sources(root: Path) -> Iterator[Path]:
    """Every file of the program that may speak."""
    for path in sorted([*root.rglob("*.py"), *root.rglob("*.html"), *root.rglob("*.txt")]):
        if not {"migrations", "vendor", "__pycache__"} & set(path.parts):
            yield path


def extract(root: Path) -> dict[Key, Found]:
    """Every sentence that code and templates below the folder look up."""
    sentences: dict[Key, Found] = {}
    for path in sources(root):
        text = path.read_text(encoding="utf-8")
        name = path.relative_to(root).as_posix()
        calls = calls_in_python(text) if path.suffix == ".py" else calls_in_template(text, name)
        for line, function, texts in calls:
            if found := sentence(function, texts):
                key, plural = found
                entry = sentences.setdefault(key, Found(plural))
                entry.plural = entry.plural or plural
                entry.places.append(f"{name}:{line}")
    return sentences


@dataclass
class Merged:
    """All slices as one, with what is wrong about them."""

    messages: dict[Key, Message] = field(default_factory=dict)
    origin: dict[Key, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def key_of(message: Message) -> Key:
    """The key of a slice's entry."""
    text = message.id if isinstance(message.id, str) else message.id[0]
    return Key(message.context, text)


def add_slice(merged: Merged, path: Path) -> None:
    """The slice's entries stand in the whole; a fuzzy one and a contradiction to another slice are problems."""
    with path.open("rb") as file:
        catalog = read_po(file, locale=LOCALE, abort_invalid=True)
    for message in catalog:
        if not message.id:
            continue
        key, where = key_of(message), f"{path.name}:{message.lineno}"
        if message.fuzzy:
            merged.problems.append(f"{where}: fuzzy: {key.text!r}")
        before = merged.messages.get(key)
        if before is not None and before.string != message.string and any(texts_of(before)) and any(texts_of(message)):
            merged.problems.append(f"{where}: {key.text!r} is said otherwise in {merged.origin[key]}")
            continue
        if before is None or not any(texts_of(before)):
            merged.messages[key], merged.origin[key] = message, where


def texts_of(message: Message) -> tuple[str, ...]:
    """The Chinese of an entry, one text for each plural form."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def merge(folder: Path) -> Merged:
    """All slices of the folder as one."""
    merged = Merged()
    for path in sorted(folder.glob("*.po")):
        add_slice(merged, path)
    return merged


def placeholders(text: str) -> set[str]:
    """The named places of a sentence."""
    return {"".join(names) for names in PLACEHOLDER.findall(text)}


def problem_of(key: Key, found: Found, message: Message | None) -> str | None:
    """Why this sentence is not well translated, or None if it is."""
    texts = texts_of(message) if message is not None else ()
    if not texts or not all(texts):
        return "has no Chinese"
    allowed = placeholders(key.text) | placeholders(found.plural or "")
    if any(placeholders(text) - allowed for text in texts):
        return "has a placeholder in Chinese that English has not"
    # Chinese has one form; it must keep all that the plural says.
    if any(placeholders(found.plural or key.text) - placeholders(text) for text in texts):
        return "lacks a placeholder in Chinese"
    if found.plural is not None and message is not None and isinstance(message.id, str):
        return "needs msgid_plural and msgstr[0]"
    return None


def check(root: Path, folder: Path) -> tuple[list[str], list[str]]:
    """Problems, and warnings (entries that nothing says any more)."""
    said, merged = extract(root), merge(folder)
    problems = list(merged.problems)
    for key, found in said.items():
        if why := problem_of(key, found, merged.messages.get(key)):
            problems.append(f"{found.places[0]}: {key.text!r} {why}")
    unused = [f"{merged.origin[key]}: nothing says {key.text!r} any more" for key in merged.messages if key not in said]
    return problems, unused


def entry(key: Key, found: Found) -> str:
    """An empty slice entry for a sentence, ready to be filled."""
    catalog = Catalog()
    catalog.add((key.text, found.plural) if found.plural else key.text, context=key.context, locations=[])
    out = BytesIO()
    write_po(out, catalog, omit_header=True, no_location=True, width=0)
    return f"#: {found.places[0]}\n{out.getvalue().decode().strip()}\n"


def build(folder: Path) -> None:
    """LC_MESSAGES/django.po and .mo hold all slices; the same slices always give the same bytes."""
    merged = merge(folder)
    catalog = Catalog(locale=LOCALE, domain="django", fuzzy=False, creation_date=ALWAYS, revision_date=ALWAYS)
    for key, message in sorted(merged.messages.items(), key=lambda item: (item[0].context or "", item[0].text)):
        catalog.add(message.id, message.string, context=key.context)
    target = folder / "LC_MESSAGES"
    target.mkdir(parents=True, exist_ok=True)
    with (target / "django.po").open("wb") as file:
        write_po(file, catalog, omit_header=False, width=0)
    with (target / "django.mo").open("wb") as file:
        write_mo(file, catalog)


def slices_digest(folder: Path) -> str:
    """One digest over all slices and this tool."""
    total = hashlib.sha256(Path(__file__).read_bytes())
    for path in sorted(folder.glob("*.po")):
        total.update(path.name.encode() + path.read_bytes())
    return total.hexdigest()


def build_if_changed(folder: Path) -> None:
    """As `build`, but nothing is written when no slice has changed since."""
    stamp, now = folder / "LC_MESSAGES/.stamp", slices_digest(folder)
    if stamp.exists() and stamp.read_text(encoding="ascii") == now and (folder / "LC_MESSAGES/django.mo").exists():
        return
    build(folder)
    stamp.write_text(now, encoding="ascii")


def print_missing(root: Path, folder: Path, wanted: str) -> None:
    """Entries without Chinese whose first place holds the given text."""
    merged = merge(folder)
    for key, found in extract(root).items():
        if wanted in found.places[0] and problem_of(key, found, merged.messages.get(key)):
            print(entry(key, found))


def report(root: Path, folder: Path) -> int:
    """The check's result on the terminal, as an exit code."""
    problems, unused = check(root, folder)
    for line in unused:
        print(f"warning: {line}")
    for line in problems:
        print(line)
    print(f"catalogs: {len(problems)} problems, {len(unused)} warnings")
    return 1 if problems else 0


def main(arguments: list[str]) -> int:
    """The command; 0 when all was well."""
    if not settings.configured:
        settings.configure(USE_I18N=False)
    warnings.simplefilter("ignore")
    folder = SOURCE / "locale" / LOCALE
    folder.mkdir(parents=True, exist_ok=True)
    task, rest = (arguments or ["build"])[0], arguments[1:]
    if task == "check":
        return report(SOURCE, folder)
    if task == "missing":
        print_missing(SOURCE, folder, rest[0] if rest else "")
    elif "--if-changed" in rest:
        build_if_changed(folder)
    else:
        build(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
