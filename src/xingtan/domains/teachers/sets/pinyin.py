"""How a name sounds, so that it is found by typing letters. Loaded only where names come in: the tables are large."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable
from functools import lru_cache

# Readings that a character has as a surname only.
SURNAMES = {
    "单": "shan", "仇": "qiu", "解": "xie", "查": "zha", "曾": "zeng", "区": "ou", "朴": "piao", "任": "ren", "盖": "ge", "乐": "yue",
    "翟": "zhai", "缪": "miao", "员": "yun", "冼": "xian", "覃": "qin", "宁": "ning", "种": "chong", "秘": "bi", "繁": "po", "折": "she",
    "牟": "mu", "召": "shao", "祭": "zhai", "逄": "pang", "晁": "chao", "纪": "ji", "燕": "yan", "华": "hua", "葛": "ge", "隗": "wei",
    "阚": "kan", "谌": "chen", "郇": "xun", "哈": "ha", "费": "fei", "柏": "bai", "尹": "yin", "佴": "nai", "黑": "he", "那": "na",
    "尉迟": "yu chi", "万俟": "mo qi", "长孙": "zhang sun", "澹台": "tan tai", "单于": "chan yu", "夏侯": "xia hou", "令狐": "ling hu",
}  # fmt: skip
LONGEST, LONGEST_INITIALS = 160, 20


@lru_cache(maxsize=1)
def _reader() -> Callable[[str], list[str]]:
    reader: Callable[[str], list[str]] = importlib.import_module("pypinyin").lazy_pinyin
    return reader


@lru_cache(maxsize=4096)
def _surname(name: str) -> tuple[str, ...]:
    return tuple(SURNAMES.get(name[:2], SURNAMES.get(name[:1], "")).split())


@lru_cache(maxsize=65_536)
def _read(text: str) -> tuple[str, ...]:
    return tuple(_reader()(text))


def sounds(name: str) -> tuple[str, ...]:
    """The syllables of a name, its surname read as a surname; foreign parts stay as they are."""
    known = _surname(name[:2])
    if known or not name.isalpha() or name.isascii():
        parts: tuple[str, ...] = (*known, *_read(name[len(known) :]))
        return tuple(part for part in (re.sub(r"[^\w]", "", part).lower() for part in parts) if part)
    return _read(name)


def syllables(name: str) -> list[str]:
    """The same as a list."""
    return list(sounds(name))


def shortened(heard: tuple[str, ...]) -> tuple[str, str]:
    """Pinyin without blanks, and its initials, as the register keeps them."""
    return "".join(heard)[:LONGEST], "".join(part[0] for part in heard)[:LONGEST_INITIALS]


def pinyin_of(name: str) -> tuple[str, str]:
    """The name's pinyin without blanks, and its initials."""
    return shortened(sounds(name))
