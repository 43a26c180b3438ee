"""The API itself: its resources, its description, and its one way to say no."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, URLResolver
from ninja import NinjaAPI, Router
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from . import (
    admissions,
    cards,
    certificates,
    claims,
    deliveries,
    determinations,
    eligibility,
    explanations,
    hours,
    jobs,
    late,
    me,
    merges,
    moves,
    papers,
    plans,
    posts,
    problems,
    project_parts,
    projects,
    proofs,
    quotas,
    records,
    registers,
    reviews,
    rosters,
    selections,
    teachers,
    tenders,
    trainings,
    watching,
    years,
)
from .language import spoken
from .operations import PERMISSIONS

__all__ = ["PERMISSIONS", "Api", "api"]

NAME = "api-v1"
DESCRIPTION = """What people do on Xingtan's pages, for programs. Hours are whole hundredths (`*_centi`), money is whole fen (`*_fen`),
days are `*_on`, times `*_at` in UTC. Every POST needs an `Idempotency-Key`. Whatever is refused is an `application/problem+json`."""
RESOURCES: dict[str, Router] = {
    "/me": me.router,
    "/years": years.router,
    "/policy-packs": years.packs,
    "/projects": project_parts.router,
    "/courses": projects.library,
    "/teachers": teachers.router,
    "/records": records.router,
    "/transfers": moves.router,
    "/posts": posts.router,
    "/status-changes": posts.statuses,
    "/merges": merges.router,
    "/papers": papers.router,
    "/late-entries": late.router,
    "/windows": late.windows,
    "/roster-imports": rosters.router,
    "/deliveries": deliveries.router,
    "/reconciliations": deliveries.reconciliations,
    "/jobs": jobs.router,
    "/cards": cards.router,
    "/card-parcels": cards.parcels,
    "/selections": selections.router,
    "/bills": selections.bills,
    "/evidence": hours.evidence,
    "/entries": hours.entries,
    "/queue": hours.queue,
    "/decisions": hours.decisions,
    "/batches": reviews.batches,
    "/deadlines": reviews.deadlines,
    "/reopenings": reviews.reopenings,
    "/appeals": reviews.appeals,
    "/determinations": determinations.router,
    "/certificates": certificates.router,
    "/eligibility": eligibility.router,
    "/eligibility-statements": eligibility.statements,
    "/anomalies": watching.router,
    "/anomaly-decisions": watching.decisions,
    "/live-views": watching.live,
    "/registers": registers.router,
    "/applications": admissions.router,
    "/nominations": admissions.nominations,
    "/admission-checks": admissions.checks,
    "/admission-decisions": admissions.decisions,
    "/quotas": quotas.router,
    "/plans": plans.router,
    "/plan-decisions": plans.decisions,
    "/surveys": plans.surveys,
    "/tenders": tenders.router,
    "/calls": tenders.calls,
    "/provider-evaluations": tenders.evaluations,
    "/check": certificates.checks,
    "/trainings": trainings.router,
    "/training-decisions": trainings.decisions,
    "/meetings": trainings.meetings,
    "/claims": claims.router,
    "/claim-decisions": claims.decisions,
}


class Api(NinjaAPI):
    """Ninja with our names of addresses, problems as problems in the description, and answers in the client's language."""

    def get_operation_url_name(self, operation: Operation, router: Router) -> str:
        """An address is named after its operation."""
        return operation.operation_id or super().get_operation_url_name(operation, router)

    def get_openapi_schema(self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None) -> OpenAPISchema:
        """OpenAPI 3.1; refusals have the media type that they are sent with."""
        found = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        for methods in found["paths"].values():
            for operation in methods.values():
                _name_problems(operation["responses"])
        return found

    def _get_urls(self) -> list[URLResolver | URLPattern]:
        patterns = super()._get_urls()
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                pattern.callback = spoken(pattern.callback)
                vars(pattern.callback)["permission"] = PERMISSIONS.get(pattern.name or "")
        return patterns


def _name_problems(responses: dict[int, dict[str, Any]]) -> None:
    for status, answer in responses.items():
        if status >= 400 and "content" in answer:
            answer["content"] = {problems.MEDIA_TYPE: answer["content"].pop("application/json")}


api = Api(title="Xingtan", version="1.0.0", description=DESCRIPTION, urls_namespace=NAME, docs_url=None)
problems.handle_problems(api)
RESOURCES["/records"].add_router("", explanations.router)
RESOURCES["/records"].add_router("", proofs.router)
for _prefix, _router in RESOURCES.items():
    api.add_router(_prefix, _router)
