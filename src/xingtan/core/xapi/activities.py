"""Activities and their definitions, among them interactions (2.4.4.1)."""

from __future__ import annotations

import re
from collections.abc import Callable

from .malformed import Json, Malformed
from .shapes import extensions, language_map, list_of, shape
from .values import iri, one_of, text

# Which component lists an interaction of each type may have (2.4.4.1, interaction components).
COMPONENTS: dict[str, tuple[str, ...]] = {
    "true-false": (),
    "choice": ("choices",),
    "fill-in": (),
    "long-fill-in": (),
    "matching": ("source", "target"),
    "performance": ("steps",),
    "sequencing": ("choices",),
    "likert": ("scale",),
    "numeric": (),
    "other": (),
}
LISTS = ("choices", "scale", "source", "target", "steps")
DECIMAL = r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?"
NUMERIC = re.compile(rf"{DECIMAL}|(?:{DECIMAL})?\[:\](?:{DECIMAL})?")
# What a correct response looks like; types that are not here are free text or lists of ids (2.4.4.1, response patterns).
RESPONSES: dict[str, Callable[[str], bool]] = {
    "true-false": lambda given: given in {"true", "false"},
    "numeric": lambda given: NUMERIC.fullmatch(given) is not None,
    "matching": lambda given: given == "" or all("[.]" in pair for pair in given.split("[,]")),
}


def distinct_ids(value: Json) -> None:
    """Within a list of components every id stands once (2.4.4.1)."""
    seen: set[str] = set()
    for place, one in enumerate(value):
        if one["id"] in seen:
            raise Malformed("expected an id that no other component of the list has").under("id").under(place)
        seen.add(one["id"])


_COMPONENT_LIST = list_of(shape({"id": text, "description": language_map}, ("id",)))


def components(value: Json) -> None:
    """A list of interaction components (2.4.4.1)."""
    _COMPONENT_LIST(value)
    distinct_ids(value)


def interaction(value: Json) -> None:
    """A definition with any interaction property names its type, and has only that type's lists (2.4.4.1)."""
    kind = value.get("interactionType")
    given = [name for name in LISTS if name in value]
    if kind is None:
        if given or "correctResponsesPattern" in value:
            raise Malformed("required: an interaction names its type").under("interactionType")
        return
    for name in given:
        if name not in COMPONENTS[kind]:
            raise Malformed(f"not a component list of a {kind} interaction").under(name)
    is_response = RESPONSES.get(kind)
    for place, one in enumerate(value.get("correctResponsesPattern", ()) if is_response else ()):
        if is_response and not is_response(one):
            raise Malformed(f"not a response of a {kind} interaction").under(place).under("correctResponsesPattern")


DEFINITION = shape(
    {
        "name": language_map,
        "description": language_map,
        "type": iri,
        "moreInfo": iri,
        "extensions": extensions,
        "interactionType": one_of(*COMPONENTS),
        "correctResponsesPattern": list_of(text),
    }
    | dict.fromkeys(LISTS, components),
    (),
    interaction,
)
ACTIVITY = shape({"objectType": one_of("Activity"), "id": iri, "definition": DEFINITION}, ("id",))
