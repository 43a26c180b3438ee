"""Uploads of bids stay in memory until they are sealed: nothing of them is ever written to disk as it is."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import MemoryFileUploadHandler

LIMIT = 44 << 20


class InMemory(MemoryFileUploadHandler):
    """Keeps every file in memory, and stops an upload of more than 44 MiB."""

    received = 0

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: Any = None) -> None:  # noqa: ANN401, N803 -- Django's signature
        """Refuse before the first byte when the announced length is over the limit."""
        if content_length > LIMIT:
            raise RequestDataTooBig(f"bids end at {LIMIT} bytes")
        self.activated = True

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep the chunk, or stop the upload that grew over the limit."""
        self.received += len(raw_data)
        if self.received > LIMIT:
            raise RequestDataTooBig(f"bids end at {LIMIT} bytes")
        super().receive_data_chunk(raw_data, start)
