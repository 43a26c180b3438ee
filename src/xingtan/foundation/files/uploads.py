"""Uploads are refused before they are read when they say that they are too large, and while they are read when they lied."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class LimitedUploadHandler(TemporaryFileUploadHandler):
    """Streams an upload to disk and stops it at `settings.UPLOAD_LIMIT` bytes."""

    received = 0

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: Any = None) -> None:  # noqa: ANN401, N803 -- Django's signature
        """Refuse before the first byte when the announced length is over the limit."""
        if content_length > settings.UPLOAD_LIMIT:
            raise RequestDataTooBig(f"uploads end at {settings.UPLOAD_LIMIT} bytes")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write the chunk, or stop the upload that grew over the limit."""
        self.received += len(raw_data)
        if self.received > settings.UPLOAD_LIMIT:
            raise RequestDataTooBig(f"uploads end at {settings.UPLOAD_LIMIT} bytes")
        super().receive_data_chunk(raw_data, start)
