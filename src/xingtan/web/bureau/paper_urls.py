"""Addresses of the office's papers, and of the rates of its schools."""

from __future__ import annotations

from django.urls import URLPattern, path

from . import chasing, opening_batch, papers

PAPERS: list[URLPattern] = [
    path("openings/<str:pid>/", opening_batch.opening_batch, name="opening_batch"),
    path("openings/<str:pid>/decide/", opening_batch.opening_decide, name="opening_decide"),
    path("openings/<str:pid>/differences.xlsx", opening_batch.opening_differences, name="opening_differences"),
    path("openings/<str:pid>/lines.xlsx", opening_batch.opening_lines, name="opening_lines"),
    path("openings/<str:pid>/scan/", opening_batch.opening_scan, name="opening_scan"),
    path("rates/", chasing.rates, name="rates"),
    path("papers/", papers.papers, name="papers"),
    path("papers/seal/", papers.seal, name="papers_seal"),
    path("papers/<str:pid>.pdf", papers.paper_pdf, name="paper_pdf"),
    path("papers/<str:pid>/", papers.paper, name="paper"),
    path("papers/<str:pid>/revoke/", papers.revoke, name="paper_revoke"),
]
