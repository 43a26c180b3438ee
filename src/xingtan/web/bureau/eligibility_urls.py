"""Addresses of eligibility, a part of the bureau face that schools open too."""

from __future__ import annotations

from django.urls import URLPattern, path

from . import eligibility, eligibility_issue

ELIGIBILITY: list[URLPattern] = [
    path("eligibility/", eligibility_issue.eligibility, name="eligibility"),
    path("eligibility/issue/", eligibility_issue.issue, name="eligibility_issue"),
    path("eligibility/runs/<str:pid>/", eligibility.run, name="eligibility_run"),
    path("eligibility/teachers/<str:public_id>/", eligibility.person, name="eligibility_person"),
    path("eligibility/teachers/<str:public_id>/issue/", eligibility_issue.issue_one, name="eligibility_issue_one"),
    path("eligibility/<str:pid>.pdf", eligibility.statement_pdf, name="eligibility_pdf"),
    path("eligibility/<str:pid>/", eligibility.statement, name="eligibility_statement"),
    path("teachers/<str:public_id>/why/", eligibility.why, name="why"),
]
