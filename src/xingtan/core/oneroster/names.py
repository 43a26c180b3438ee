"""Names in two parts and in one: OneRoster asks for a family name and a given name, our register keeps a name as its bearer writes it."""

from __future__ import annotations

import re

HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+")
# Surnames of two characters that are in use today; every other Han surname is taken for one character.
COMPOUND = frozenset(
    re.findall(
        "..",
        "欧阳太史端木上官司马东方独孤南宫万俟闻人夏侯诸葛尉迟公羊赫连澹台皇甫宗政濮阳公冶太叔申屠公孙慕容仲孙钟离长孙宇文司徒鲜于"
        "司空闾丘子车亓官司寇巫马公西颛孙壤驷公良漆雕乐正宰父谷梁拓跋夹谷轩辕令狐段干百里呼延东郭南门羊舌微生梁丘左丘东门西门第五",
    )
)
DOT = "·"


def family_and_given(name: str) -> tuple[str, str]:
    """The two parts of a name; one without a family name, and one with a dot, stands whole as the given name beside the family name `-`.

    >>> family_and_given("欧阳知微")
    ('欧阳', '知微')
    >>> family_and_given("买买提·阿卜杜拉")
    ('-', '买买提·阿卜杜拉')
    """
    if DOT in name:
        family = given = ""
    elif HAN.fullmatch(name):
        length = 2 if len(name) > 2 and name[:2] in COMPOUND else 1
        family, given = name[:length], name[length:]
    else:
        given, _, family = name.rpartition(" ")
    return (family, given) if family and given else ("-", name)


def whole_name(family: str, given: str, middle: str = "") -> str:
    """The name that these parts make: Han characters without a blank, family name first; anything else given name first."""
    family, given, middle = ("" if part.strip() == "-" else part.strip() for part in (family, given, middle))
    if HAN.fullmatch(family + middle + given):
        return family + middle + given
    joint = DOT if any(HAN.search(part) for part in (family, given)) else " "
    return joint.join(part for part in (given, middle, family) if part)
