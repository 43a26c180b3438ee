"""`xingtan policy check FILE`, `list` and `show PACK`."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from xingtan.core.policy import Policy, PolicyError, Problem, bundled, bundled_policy, read_policy
from xingtan.core.policy.examples import Example, bundled_examples

from .policy_pages import examples_page, sheet_page
from .policy_sheet import sheet_of
from .screen import complain, say

TRY_OUT = "try-out"


def run(chosen: argparse.Namespace) -> int:
    """Check, list or show packs; 2 when a pack is broken or unknown, every mistake with its line. `--json` says the same to programs."""
    if chosen.act == "list":
        return _list(as_json=chosen.json)
    if not chosen.pack:
        complain("name a pack's code or a .toml file; `xingtan policy list` names the packs")
        return 2
    try:
        policy = _read(chosen.pack)
    except PolicyError as error:
        return _broken(chosen.pack, error.problems, as_json=chosen.json)
    except (OSError, LookupError, UnicodeDecodeError):
        complain(f"{chosen.pack}: there is no such pack or file; `xingtan policy list` names the packs")
        return 2
    if chosen.act == "check":
        return _well(policy, as_json=chosen.json)
    return _examples(policy, as_json=chosen.json) if chosen.examples else _show(policy, as_json=chosen.json)


def _read(name: str) -> Policy:
    if name.endswith(".toml"):
        return read_policy(Path(name).read_text(encoding="utf-8"), name)
    return bundled_policy(name)


def _list(*, as_json: bool) -> int:
    packs = [(bundled_policy(code), len(bundled_examples(code))) for code in sorted(bundled(), key=lambda code: (code == TRY_OUT, code))]
    if as_json:
        return _print([{**_names(policy), "is_try_out": policy.code == TRY_OUT, "examples": count} for policy, count in packs])
    for policy, count in packs:
        mark = "  (试用 / try-out)" if policy.code == TRY_OUT else ""
        say(f"{policy.code:<21}{policy.version:<8}{policy.digest[:12]}  {policy.unit.value:<7}{count:>3} 算例 / examples{mark}")
        say(f"    {policy.title.zh}\n    {policy.title.en}")
    return 0


def _broken(pack: str, problems: Sequence[Problem], *, as_json: bool) -> int:
    if as_json:
        fields = ("file", "line", "field", "found", "expected", "code")
        _print({"pack": pack, "is_well": False, "problems": [{name: getattr(one, name) for name in fields} for one in problems]})
        return 2
    for problem in problems:
        complain(str(problem))
    complain(f"{len(problems)} mistakes; nothing was adopted.")
    return 2


def _well(policy: Policy, *, as_json: bool) -> int:
    if as_json:
        return _print({**_names(policy), "is_well": True, "problems": []})
    say(f"{policy.code} {policy.version} is well: {len(policy.items)} items, {len(policy.decide)} rows, digest {policy.digest[:12]}")
    return 0


def _show(policy: Policy, *, as_json: bool) -> int:
    sections = sheet_of(policy)
    if not as_json:
        say(sheet_page(policy, sections))
        return 0
    told = {
        section.code: [{"code": line.code.strip(), **line.label.model_dump(), **line.details} for line in section.lines]
        for section in sections
    }
    return _print({**_names(policy), "sections": told})


def _examples(policy: Policy, *, as_json: bool) -> int:
    examples = bundled_examples(policy.code)
    if not examples:
        complain(f"{policy.code} has no worked examples")
        return 2
    if as_json:
        return _print({**_names(policy), "examples": [_example(one) for one in examples]})
    say(examples_page(policy, examples).rstrip("\n"))
    return 0


def _example(one: Example) -> Mapping[str, object]:
    tables = {name: table.records() for name, table in one.tables.items()}
    return {"code": one.code, "title": one.title.model_dump(), "why": one.why.model_dump(), **tables}


def _names(policy: Policy) -> dict[str, object]:
    title = policy.title.model_dump()
    return {"code": policy.code, "version": policy.version, "digest": policy.digest, "title": title, "unit": policy.unit.value}


def _print(data: object) -> int:
    say(json.dumps(data, ensure_ascii=False, indent=2))
    return 0
