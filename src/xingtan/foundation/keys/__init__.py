"""Keys outside the database: encryption of personal numbers, keyed indexes for looking them up, signatures."""

from .box import Box, open_box
from .signing import public_key, sign, verify_signature

__all__ = ["Box", "open_box", "public_key", "sign", "verify_signature"]
