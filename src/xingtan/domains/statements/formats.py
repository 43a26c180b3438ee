"""The three formats of an answer: exact, only ids, canonical in one language; and a 2.0 statement told to a client of 1.0."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeAlias

import msgspec

from xingtan.core.xapi import Version

from .keys import IDENTIFIERS

Json: TypeAlias = dict[str, Any]
# Numbers go through as they were written: 1.10 stays 1.10, and no exponent is too large.
DECODER = msgspec.json.Decoder(float_hook=Decimal)
ENCODER = msgspec.json.Encoder(decimal_format="number")
AGENTS = ("Agent", "Group")
CONTEXT_AGENTS = ("instructor", "team")
ONLY_V2 = ("contextAgents", "contextGroups")
IN_V2 = '"version":"2.0'
LANGUAGE_MAPS = ("name", "description")
COMPONENTS = ("choices", "scale", "source", "target", "steps")
ANY = "*"


def exact(text: str, version: Version) -> str:
    """The statement as it was kept; for a client of 1.0 without what only 2.0 knows."""
    return text if is_for_all(text, version) else dumped(as_v1(parsed(text)))


def is_for_all(text: str, version: Version) -> bool:
    """True when a client of this version may have the text as it was kept."""
    return version is Version.V2 or IN_V2 not in text


def as_v1(statement: Json) -> Json:
    """A statement of 2.0 as one of 1.0.0: without context agents and context groups."""
    for one in (statement, statement.get("object", {})):
        context = one.get("context")
        if isinstance(context, dict):
            for name in ONLY_V2:
                context.pop(name, None)
    return statement | ({"version": "1.0.0"} if str(statement.get("version", "")).startswith("2.") else {})


def only_ids(statement: Json) -> Json:
    """The statement with no more of agents, groups, verbs and activities than identifies them."""
    return changed(statement, agent=_agent_id, verb=lambda verb: {"id": verb["id"]}, activity=_activity_id)


def canonical(statement: Json, definitions: Mapping[str, str], languages: Sequence[str]) -> Json:
    """The statement with each activity's canonical definition, and each of their texts and verbs in the best language only."""

    def activity(one: Json) -> Json:
        known = definitions.get(one["id"])
        definition = parsed(known) if known else one.get("definition")
        return one | {"definition": in_one_language(definition, languages)} if isinstance(definition, dict) else one

    def verb(one: Json) -> Json:
        return one | {"display": best_of(one["display"], languages)} if isinstance(one.get("display"), dict) else one

    return changed(statement, agent=lambda one: one, verb=verb, activity=activity)


def changed(
    statement: Json, *, agent: Callable[[Json], Json], verb: Callable[[Json], Json], activity: Callable[[Json], Json], is_whole: bool = True
) -> Json:
    """The statement with each agent, verb and activity replaced, those of its context and its sub-statement too."""
    made = dict(statement)
    for name in ("actor", "authority") if is_whole else ("actor",):
        if name in made:
            made[name] = agent(made[name])
    made["verb"] = verb(made["verb"])
    target = made["object"]
    kind = target.get("objectType", "Activity")
    if kind in AGENTS:
        made["object"] = agent(target)
    elif kind == "Activity":
        made["object"] = activity(target)
    elif kind == "SubStatement":
        made["object"] = changed(target, agent=agent, verb=verb, activity=activity, is_whole=False)
    if isinstance(made.get("context"), dict):
        made["context"] = _context(made["context"], agent, activity)
    return made


def _context(context: Json, agent: Callable[[Json], Json], activity: Callable[[Json], Json]) -> Json:
    made = dict(context)
    for name in CONTEXT_AGENTS:
        if name in made:
            made[name] = agent(made[name])
    for name, key in (("contextAgents", "agent"), ("contextGroups", "group")):
        if name in made:
            made[name] = [one | {key: agent(one[key])} for one in made[name]]
    if "contextActivities" in made:
        given = made["contextActivities"].items()
        made["contextActivities"] = {name: [activity(one) for one in (some if isinstance(some, list) else [some])] for name, some in given}
    return made


def _agent_id(agent: Json) -> Json:
    """What identifies an agent; of an anonymous group its members."""
    kept = {name: agent[name] for name in ("objectType", *IDENTIFIERS) if name in agent}
    if agent.get("objectType") == "Group" and not any(name in agent for name in IDENTIFIERS):
        kept["member"] = [_agent_id(one) for one in agent.get("member", ())]
    return kept


def _activity_id(activity: Json) -> Json:
    return {name: activity[name] for name in ("objectType", "id") if name in activity}


def activities_in(statement: Json) -> Iterator[str]:
    """The ids of all activities that the statement speaks of."""
    found: list[str] = []

    def seen(one: Json) -> Json:
        found.append(one["id"])
        return one

    changed(statement, agent=lambda one: one, verb=lambda one: one, activity=seen)
    yield from dict.fromkeys(found)


def in_one_language(definition: Json, languages: Sequence[str]) -> Json:
    """The definition with one language in each of its language maps."""
    made = dict(definition)
    for name in LANGUAGE_MAPS:
        if isinstance(made.get(name), dict):
            made[name] = best_of(made[name], languages)
    for name in COMPONENTS:
        if isinstance(made.get(name), list):
            made[name] = [
                one | {"description": best_of(one["description"], languages)} if isinstance(one.get("description"), dict) else one
                for one in made[name]
            ]
    return made


def best_of(texts: Mapping[str, str], languages: Sequence[str]) -> dict[str, str]:
    """The one text in the language that is wanted most (RFC 4647, lookup), else the first that there is."""
    small = {tag.lower(): tag for tag in texts}
    for wanted in languages:
        if wanted == ANY:
            break
        place = wanted.lower()
        while place:
            for tag in (place, *(known for known in small if known.startswith(f"{place}-"))):
                if tag in small:
                    return {small[tag]: texts[small[tag]]}
            place = place.rpartition("-")[0]
    return dict([next(iter(texts.items()))]) if texts else {}


def accepted_languages(header: str) -> list[str]:
    """The language tags of an Accept-Language header, the most wanted first; unreadable parts are left out."""
    found = []
    for place, part in enumerate(header.split(",")[:20]):
        tag, _, weight = part.strip().partition(";")
        found.append((-_weight(weight), place, tag.strip()))
    return [tag for weight, _place, tag in sorted(found) if tag and weight < 0]


def _weight(text: str) -> float:
    name, _, value = text.strip().partition("=")
    try:
        return min(1.0, max(0.0, float(value))) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0


def parsed(text: str | bytes) -> Any:  # noqa: ANN401 -- any JSON
    """The JSON value; `msgspec.DecodeError` for anything else."""
    return DECODER.decode(text)


def dumped(content: object) -> str:
    """JSON in our one spelling."""
    return ENCODER.encode(content).decode()
