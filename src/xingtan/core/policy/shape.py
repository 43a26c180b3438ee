"""What pydantic finds wrong, told as problems: place, what was found, what was expected."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from typing import Any, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from xingtan.core.policy.layers import Layer, dotted, locate
from xingtan.core.policy.model import Policy
from xingtan.core.policy.problems import Problem

_EXPECTED = {
    "missing": "a value",
    "int_type": "a whole number",
    "bool_type": "true or false",
    "string_type": "text in quotes",
    "string_too_short": "text that is not empty",
    "string_pattern_mismatch": "text that matches {pattern}",
    "enum": "one of {expected}",
    "greater_than": "a whole number greater than {gt}",
    "greater_than_equal": "a whole number of at least {ge}",
    "less_than_equal": "a whole number of at most {le}",
    "too_short": "at least {min_length} of them",
    "model_type": "a table",
    "dict_type": "a table",
    "tuple_type": "a list",
    "value_error": "{error}",
}


def shape_problem(error: ErrorDetails, layers: Sequence[Layer]) -> Problem:
    """One error of pydantic's as a problem with its file and line."""
    path = tuple(part for part in error["loc"] if part != "[key]")
    file, line = locate(layers, path)
    kind = error["type"]
    if kind == "extra_forbidden":
        return Problem(file, line, dotted(path), repr(path[-1]), _did_you_mean(path), "unknown_field")
    found = "nothing" if kind == "missing" else _short(error["input"])
    context = {key: str(value) for key, value in error.get("ctx", {}).items()}
    expected = _EXPECTED[kind].format(**context) if kind in _EXPECTED else error["msg"]
    return Problem(file, line, dotted(path), found, expected, kind)


def known_fields(path: Sequence[str | int]) -> Mapping[str, type | None]:
    """The fields of the table at this path, by the name they have in a file, each with its own model if it has one."""
    model: type[BaseModel] | None = Policy
    for part in (part for part in path if isinstance(part, str)):
        model = _fields(model).get(part) if model else None
    return _fields(model) if model else {}


def _fields(model: type[BaseModel]) -> dict[str, type[BaseModel] | None]:
    hidden = {"digest"} if model is Policy else set()
    return {
        field.alias or name: _model_in(field.annotation)
        for name, field in model.model_fields.items()
        if (field.alias or name) not in hidden
    }


def _model_in(annotation: Any) -> type[BaseModel] | None:  # noqa: ANN401 -- an annotation may be anything
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_in(part))), None)


def _did_you_mean(path: Sequence[str | int]) -> str:
    names = list(known_fields(path[:-1]))
    near = difflib.get_close_matches(str(path[-1]), names, n=1, cutoff=0.5)
    return f"a known field; did you mean {near[0]!r}?" if near else f"one of {', '.join(names)}"


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
