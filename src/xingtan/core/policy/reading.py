"""A pack's text read into one frozen value, or refused with everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from types import MappingProxyType

from pydantic import ValidationError

from xingtan.core.policy.layers import Layer, digest, dotted, locate, merged, read_layers
from xingtan.core.policy.meaning import flaws
from xingtan.core.policy.model import Policy
from xingtan.core.policy.problems import PolicyError, Problem
from xingtan.core.policy.shape import shape_problem

PACKS = "xingtan.core.policy.packs"


@cache
def bundled() -> Mapping[str, str]:
    """The texts of the packs that come with the program, by code."""
    return _texts(resources.files(PACKS), ".toml")


@cache
def bundled_documents() -> Mapping[str, str]:
    """The texts of the documents that bundled packs quote, by the code a pack gives the document."""
    return _texts(resources.files(PACKS) / "documents", ".txt")


def _texts(folder: Traversable, ending: str) -> Mapping[str, str]:
    files = sorted((file for file in folder.iterdir() if file.name.endswith(ending)), key=lambda file: file.name)
    return MappingProxyType({file.name.removesuffix(ending): file.read_text(encoding="utf-8") for file in files})


def read_policy(text: str, file: str, parents: Mapping[str, str] | None = None) -> Policy:
    """The policy that a pack's text says. `PolicyError` lists every problem: first what has the wrong shape, then what contradicts itself.

    `parents` are the texts that a pack may extend, by code; the bundled ones unless given. The same text is read once.
    """
    return _read(text, file, tuple(sorted((bundled() if parents is None else parents).items())))


@lru_cache(maxsize=32)
def _read(text: str, file: str, parents: tuple[tuple[str, str], ...]) -> Policy:
    layers = read_layers(text, file, dict(parents))
    whole = merged(layers)
    problems = _digest_given(layers)
    try:
        policy = Policy.model_validate({**whole, "digest": digest([layer.text for layer in layers])})
    except ValidationError as error:
        problems += [shape_problem(one, layers) for one in error.errors(include_url=False)]
        raise PolicyError(_in_order(problems)) from None
    for flaw in flaws(policy):
        place = locate(layers, flaw.path)
        problems.append(Problem(*place, dotted(flaw.path), flaw.found, flaw.expected, flaw.code))
    if problems:
        raise PolicyError(_in_order(problems))
    return policy


def policy_digest(text: str, parents: Mapping[str, str] | None = None) -> str:
    """SHA-256 (hexadecimal) that names the rules exactly: over the text and the texts it extends."""
    layers = read_layers(text, "policy.toml", bundled() if parents is None else parents)
    return digest([layer.text for layer in layers])


@cache
def bundled_policy(code: str) -> Policy:
    """A pack that comes with the program, read once; KeyError when there is none of this code."""
    return read_policy(bundled()[code], f"{code}.toml")


def _digest_given(layers: tuple[Layer, ...]) -> list[Problem]:
    """The digest is computed; a file that brings one is refused."""
    return [
        Problem(layer.file, layer.places.find(("digest",))[1], "digest", "'digest'", "no such field: it is computed", "unknown_field")
        for layer in layers
        if "digest" in layer.data
    ]


def _in_order(problems: list[Problem]) -> list[Problem]:
    return sorted(problems, key=lambda problem: (problem.file, problem.line))
