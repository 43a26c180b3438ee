"""Putting trainees into classes, and tutors to classes, by rule: pure, the same people and rule give the same classes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .states import Key, Refusal


@dataclass(frozen=True, slots=True)
class Person:
    """A trainee as the rule sees one; `school` and `name` only order the people, so that a school stays together."""

    pk: int
    city: str
    county: str
    stage: str
    subject: str
    school: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """By which keys, how many a class has at least and at most, how many trainees one tutor looks after."""

    keys: tuple[Key, ...]
    least: int
    most: int
    per_tutor: int


@dataclass(frozen=True, slots=True)
class Class:
    """One proposed class: what its people share, and who they are in the order of their schools."""

    shared: Mapping[Key, str]
    people: tuple[Person, ...]


def refuse_rule(rule: Rule) -> Refusal | None:
    """Why nobody could form classes so, or None: a class that is split in two must not fall below the least."""
    return None if 1 <= rule.least <= (rule.most + 1) // 2 and rule.per_tutor >= 1 else Refusal.FORMING_SIZES


def formed(people: Iterable[Person], rule: Rule) -> list[Class]:
    """Everybody sits in one class; none is larger than the most, and none smaller than the least unless all together are fewer."""
    bands = _bands(sorted(people, key=lambda one: (one.school, one.name, one.pk)), rule)
    return [_class(some, rule.keys) for band in bands for some in _split(band, rule.most)]


def _bands(people: Sequence[Person], rule: Rule) -> list[list[Person]]:
    """Who goes together: people who share every key; those too few join the nearest, giving up the last key first."""
    found: dict[tuple[str, ...], list[Person]] = {}
    for one in people:
        found.setdefault(tuple(getattr(one, key) for key in rule.keys), []).append(one)
    for depth in range(len(rule.keys) - 1, -1, -1):
        found = _joined(found, depth, rule.least)
    return [found[key] for key in sorted(found)]


def _joined(found: Mapping[tuple[str, ...], list[Person]], depth: int, least: int) -> dict[tuple[str, ...], list[Person]]:
    """Too small bands that share the first keys are one band; one that is alone joins the smallest of its neighbours."""
    answer = {key: band for key, band in found.items() if len(band) >= least}
    thin: dict[tuple[str, ...], list[Person]] = {}
    for key in sorted(key for key in found if key not in answer):
        thin.setdefault(key[:depth], []).extend(found[key])
    for shared, band in sorted(thin.items()):
        near = [key for key in answer if key[:depth] == shared]
        if len(band) >= least or not near:
            answer[(*shared, *("~",) * (len(next(iter(found))) - depth))] = band
        else:
            smallest = min(near, key=lambda key: (len(answer[key]), key))
            answer[smallest] = [*answer[smallest], *band]
    return answer


def _split(band: Sequence[Person], most: int) -> list[Sequence[Person]]:
    """As few parts as the most allows, as even as whole people can be, neighbours together."""
    ordered = sorted(band, key=lambda one: (one.school, one.name, one.pk))
    count = -(-len(ordered) // most)
    size, rest = divmod(len(ordered), count)
    parts: list[Sequence[Person]] = []
    at = 0
    for place in range(count):
        width = size + (place < rest)
        parts.append(ordered[at : at + width])
        at += width
    return parts


def _class(people: Sequence[Person], keys: Sequence[Key]) -> Class:
    shared = {key: values.pop() for key in keys if len(values := {getattr(one, key) for one in people}) == 1}
    return Class(shared, tuple(people))


def tutored(sizes: Mapping[int, int], loads: Mapping[int, int], per_tutor: int) -> dict[int, int]:
    """Per class a tutor, the least loaded who stays within the ratio, the largest class first; a class that fits nobody is left out."""
    held, answer = dict(loads), {}
    for number in sorted(sizes, key=lambda one: (-sizes[one], one)):
        fitting = [tutor for tutor, load in held.items() if load + sizes[number] <= per_tutor]
        if fitting:
            tutor = min(fitting, key=lambda one: (held[one], one))
            answer[number] = tutor
            held[tutor] += sizes[number]
    return answer
