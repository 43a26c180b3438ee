"""A pack as the commands name it: by its code or as a file."""

from __future__ import annotations

from pathlib import Path

from xingtan.core.policy import Policy, PolicyError, bundled_policy, read_policy

from .screen import complain


def pack_named(name: str) -> Policy | None:
    """The pack, or None when there is none or it is not well; then what is wrong was said."""
    try:
        return read_policy(Path(name).read_text(encoding="utf-8"), name) if name.endswith(".toml") else bundled_policy(name)
    except PolicyError as error:
        for problem in error.problems:
            complain(str(problem))
        complain(f"{len(error.problems)} mistakes; nothing was determined.")
    except (OSError, LookupError, UnicodeDecodeError):
        complain(f"{name}: there is no such pack or file; `xingtan policy list` names the packs")
    return None
