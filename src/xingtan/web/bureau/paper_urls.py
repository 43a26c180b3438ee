"""Addresses of the office's papers, and of the rates of its schools."""

from __future__ import annotations

from django.urls import URLPattern, path

from . import chasing, papers

PAPERS: list[URLPattern] = [
    path("rates/", chasing.rates, name="rates"),
    path("papers/", papers.papers, name="papers"),
    path("papers/seal/", papers.seal, name="papers_seal"),
    path("papers/<str:pid>.pdf", papers.paper_pdf, name="paper_pdf"),
    path("papers/<str:pid>/", papers.paper, name="paper"),
    path("papers/<str:pid>/revoke/", papers.revoke, name="paper_revoke"),
]
