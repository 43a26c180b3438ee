"""Addresses of the policy workbench."""

from __future__ import annotations

from django.urls import URLPattern, path

from . import workbench, workbench_compare, workbench_review, workbench_trial, workbench_words

DRAFT = "policies/drafts/<str:pid>/"
WORKBENCH: list[URLPattern] = [
    path("policies/compare/", workbench_compare.compare_packs, name="compare_packs"),
    path("policies/documents/<str:code>/", workbench_compare.document, name="policy_document"),
    path("policies/<int:pack_id>/text/", workbench_compare.pack_text, name="pack_text"),
    path("policies/drafts/", workbench.drafts, name="drafts"),
    path("policies/drafts/start/", workbench.start, name="draft_start"),
    path(DRAFT, workbench.draft, name="draft"),
    path(f"{DRAFT}save/", workbench.save, name="draft_save"),
    path(f"{DRAFT}fix/", workbench.fix, name="draft_fix"),
    path(f"{DRAFT}copy/", workbench.copy, name="draft_copy"),
    path(f"{DRAFT}history/", workbench.history, name="draft_history"),
    path(f"{DRAFT}restore/", workbench.restore, name="draft_restore"),
    path(f"{DRAFT}discard/", workbench.discard, name="draft_discard"),
    path(f"{DRAFT}take-up/", workbench.take_up, name="draft_take_up"),
    path(f"{DRAFT}compare/", workbench_compare.compare_draft, name="draft_compare"),
    path(f"{DRAFT}words/", workbench_words.words, name="draft_words"),
    path(f"{DRAFT}ask/", workbench_review.ask, name="draft_ask"),
    path(f"{DRAFT}withdraw/", workbench_review.withdraw, name="draft_withdraw"),
    path(f"{DRAFT}decide/", workbench_review.decide, name="draft_decide"),
    path(f"{DRAFT}publish/", workbench_review.publish, name="draft_publish"),
    path(f"{DRAFT}try/", workbench_trial.begin, name="draft_try"),
    path("policies/trials/<str:pid>/", workbench_trial.trial, name="trial"),
]
