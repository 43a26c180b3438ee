"""What a name is found by. Pure."""

from __future__ import annotations

from collections.abc import Sequence

LONGEST = 80
TAKEN = 8


def ends(parts: Sequence[str]) -> list[str]:
    """Every end of the joined parts that begins with a whole part: 林知微, 知微, 微."""
    return ["".join(parts[at:])[:LONGEST] for at in range(min(len(parts), TAKEN))]


def tokens_of(name: str, syllables: Sequence[str]) -> set[str]:
    """The ends of a name, of its pinyin and (of two letters at least) of its initials: a beginning of one of them finds the person."""
    letters = [part for part in name.casefold() if not part.isspace() and part != "·"]
    initials = [end for end in ends([part[0] for part in syllables]) if len(end) > 1]
    return {*ends(letters), *ends(syllables), *initials}


def typed_terms(text: str) -> list[str]:
    """The words of what was typed, as tokens are written; an apostrophe between syllables says nothing."""
    return ["".join(part for part in word.casefold() if part not in "'’·")[:LONGEST] for word in text.split()][:4]
