"""The sequencing part of a SCORM 2004 manifest, as the run-time's library takes it: the tree of activities, its controls and its rules."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

from . import xml

CONTROLS = {
    "choice": "choice",
    "choiceExit": "choiceExit",
    "flow": "flow",
    "forwardOnly": "forwardOnly",
    "useCurrentAttemptObjectiveInfo": "useCurrentAttemptObjectiveInfo",
    "useCurrentAttemptProgressInfo": "useCurrentAttemptProgressInfo",
}
RULES = {
    "preConditionRule": "preConditionRules",
    "postConditionRule": "postConditionRules",
    "exitConditionRule": "exitConditionRules",
}


def sequencing_of(organization: Element, root: Element) -> dict[str, Any]:
    """The activity tree below the organisation; empty when the manifest says nothing about sequencing."""
    if not any(xml.local(element) == "sequencing" for element in organization.iter()):
        return {}
    collection = {xml.attribute(one, "ID"): one for one in xml.children(xml.child(root, "sequencingCollection"), "sequencing")}
    return {"activityTree": _activity(organization, collection)}


def _activity(element: Element, collection: dict[str, Element]) -> dict[str, Any]:
    told = xml.child(element, "sequencing")
    shared = collection.get(xml.attribute(told, "IDRef"))
    activity: dict[str, Any] = {
        "id": xml.attribute(element, "identifier"),
        "title": xml.text_of(xml.child(element, "title")),
        "isVisible": xml.attribute(element, "isvisible").lower() != "false",
        "children": [_activity(one, collection) for one in xml.children(element, "item")],
    }
    for source in (shared, told):
        _describe(activity, source)
    return activity


def _describe(activity: dict[str, Any], source: Element | None) -> None:
    """What this element says of the activity stands in it; what it does not say is left as it was."""
    if control := _controls(xml.child(source, "controlMode")):
        activity["sequencingControls"] = control
    if rules := _rules(xml.child(source, "sequencingRules")):
        activity["sequencingRules"] = rules
    objective = xml.child(source, "objectives", "primaryObjective")
    if objective is not None:
        activity["primaryObjective"] = _objective(objective)
    others = [_objective(one) for one in xml.children(xml.child(source, "objectives"), "objective")]
    if others:
        activity["objectives"] = others
    if attempts := xml.attribute(xml.child(source, "limitConditions"), "attemptLimit"):
        activity["attemptLimit"] = int(attempts) if attempts.isascii() and attempts.isdigit() else None


def _controls(element: Element | None) -> dict[str, bool]:
    return {ours: xml.attribute(element, name).lower() == "true" for name, ours in CONTROLS.items() if xml.attribute(element, name)}


def _rules(element: Element | None) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, ours in RULES.items():
        rules = [_rule(one) for one in xml.children(element, name)]
        if rules:
            found[ours] = rules
    return found


def _rule(element: Element) -> dict[str, Any]:
    conditions = xml.child(element, "ruleConditions")
    return {
        "action": xml.attribute(xml.child(element, "ruleAction"), "action"),
        "conditionCombination": xml.attribute(conditions, "conditionCombination") or "all",
        "conditions": [
            {
                "condition": xml.attribute(one, "condition"),
                "operator": xml.attribute(one, "operator") or "noOp",
                "referencedObjective": xml.attribute(one, "referencedObjective") or None,
            }
            for one in xml.children(conditions, "ruleCondition")
        ],
    }


def _objective(element: Element) -> dict[str, Any]:
    least = xml.text_of(xml.child(element, "minNormalizedMeasure"))
    try:
        measure = float(least) if least else 1.0
    except ValueError:
        measure = 1.0
    return {
        "objectiveID": xml.attribute(element, "objectiveID"),
        "satisfiedByMeasure": xml.attribute(element, "satisfiedByMeasure").lower() == "true",
        "minNormalizedMeasure": measure,
    }
