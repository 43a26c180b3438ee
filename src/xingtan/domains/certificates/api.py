"""The door of the room `certificates`: the only file that other rooms, pages and endpoints may import."""

from __future__ import annotations

from .access import PRINT_SHEETS, REISSUE, REVOKE, SEE_CERTIFICATES, SEE_OWN_CERTIFICATES
from .actions.following import follow_corrections
from .actions.issuing import issue, issue_due
from .actions.joining import follow_merge, follow_parting
from .actions.numbering import fresh_codes, places_of
from .actions.revoking import reissue, revoke
from .checking import altered_pages, broken_proofs, check_result
from .models import Certificate, CertificatePage, IssueRun
from .printing import pages_pdf, render_pdf, school_list_pdf, year_sheet_pdf
from .queries import (
    YearPage,
    own_certificates,
    own_page,
    page_by_number_or_code,
    page_in,
    pages_in,
    pages_of,
    schools_with_pages,
    valid_pages,
    years_of,
)
from .rules import Typed, damm, masked_further, masked_name, typed
from .sheets.setting import check_address, qr_svg, set_sheet
from .states import Found, PageState, RevokeReason
from .words import MESSAGES, NO_PAGE, PAGE_CHIPS, PAGE_STATES, REFUSALS, REVOKE_REASONS, WHY_NOT_FOUND

__all__ = [
    "MESSAGES",
    "NO_PAGE",
    "PAGE_CHIPS",
    "PAGE_STATES",
    "PRINT_SHEETS",
    "REFUSALS",
    "REISSUE",
    "REVOKE",
    "REVOKE_REASONS",
    "SEE_CERTIFICATES",
    "SEE_OWN_CERTIFICATES",
    "WHY_NOT_FOUND",
    "Certificate",
    "CertificatePage",
    "Found",
    "IssueRun",
    "PageState",
    "RevokeReason",
    "Typed",
    "YearPage",
    "altered_pages",
    "broken_proofs",
    "check_address",
    "check_result",
    "damm",
    "follow_corrections",
    "follow_merge",
    "follow_parting",
    "fresh_codes",
    "issue",
    "issue_due",
    "masked_further",
    "masked_name",
    "own_certificates",
    "own_page",
    "page_by_number_or_code",
    "page_in",
    "pages_in",
    "pages_of",
    "pages_pdf",
    "places_of",
    "qr_svg",
    "reissue",
    "render_pdf",
    "revoke",
    "school_list_pdf",
    "schools_with_pages",
    "set_sheet",
    "typed",
    "valid_pages",
    "year_sheet_pdf",
    "years_of",
]
