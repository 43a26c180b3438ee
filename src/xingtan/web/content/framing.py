"""A page of ours that holds a package in a frame: what its script is told, and leave to frame the content host."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from xingtan.domains.courses import api as courses
from xingtan.foundation.refusal import NotInScope
from xingtan.web.http import Request

from .addresses import content_origin, runtime_address


def framed(request: Request, response: HttpResponse) -> HttpResponse:
    """The page may hold a frame of the content host, and of no other."""
    vars(response)["_csp_update"] = {"frame-src": ["'self'", content_origin(request)]}
    return response


def package_of(unit: courses.Unit) -> courses.Package:
    """The unit's package; raises `NotInScope` for a unit without one."""
    if unit.package is None:
        raise NotInScope("package")
    return unit.package


def frame_facts(request: Request, unit: courses.Unit) -> dict[str, Any]:
    """What every page with this package in a frame tells its script."""
    package = package_of(unit)
    opened = [item for item in package.facts["items"] if item["kind"] != courses.ItemKind.HEADING]
    return {
        "src": runtime_address(request, package.public_id),
        "origin": content_origin(request),
        "standard": package.standard,
        "items": [{"key": item["key"]} for item in opened],
        "item": opened[0]["key"],
        "kept": {},
        "learner": {"id": str(request.actor.teacher_id or request.actor.account_id), "name": request.actor.name},
        "activity": request.build_absolute_uri(reverse("trainee:unit", args=[unit.public_id])),
    }
