"""Who may open the addresses of the entrance and of the identity provider."""

from __future__ import annotations

from tests.county.roles import BUREAU, CLERK, EVERYONE, PROVINCE, SIGNED_IN, only

OIDC = ["configuration", "jwks", "authorization", "token", "revoke", "userinfo", "logout"]
# Pages of signing in: who is not on the way through them is sent back to its first page.
BACK_TO_SIGN_IN = {"public:sign_in_factor", "public:region_sign_in", "public:region_back", "idp:oidc:authorization"}
ROWS: dict[str, frozenset[str]] = {
    **dict.fromkeys([f"idp:oidc:{name}" for name in OIDC], EVERYONE),
    **dict.fromkeys(
        [*sorted(BACK_TO_SIGN_IN - {"idp:oidc:authorization"}), "public:card_sign_in", "public:recover", "public:recover_code"], EVERYONE
    ),
    **dict.fromkeys(["public:security", "public:password", "public:app_add", "public:passkey_add", "public:factor_codes"], SIGNED_IN),
    **dict.fromkeys(["public:factor_remove", "public:visit_end", "public:visits_end", "public:site_forget"], SIGNED_IN),
    "public:recoveries": BUREAU | {CLERK},
    **dict.fromkeys([f"public:recovery_{act}" for act in ("confirm", "slip", "decline")], BUREAU | {CLERK}),
    **dict.fromkeys(["bureau:sites", "bureau:site_add", "bureau:site_secret", "bureau:site_withdraw"], only(PROVINCE)),
}
