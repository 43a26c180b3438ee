"""Keys outside the database: encryption of personal numbers, keyed indexes for looking them up, signatures."""

from .box import Box, open_box
from .dated import dated_token, made_at
from .signing import newest_version, public_key, sign, verify_signature

__all__ = ["Box", "dated_token", "made_at", "newest_version", "open_box", "public_key", "sign", "verify_signature"]
