"""Where links lead."""

from __future__ import annotations

import re
from urllib.parse import urlsplit


def safe_url(href: str) -> str | None:
    """Return the address of a link a person may follow (http, https, mailto), or None."""
    url = re.sub(r"[\x00-\x20\x7f]+", lambda match: "%20" if match[0] == " " else "", href.strip())
    if url.startswith("//"):
        url = f"https:{url}"
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme in ("http", "https"):
        return url if parts.netloc else None
    return url if parts.scheme == "mailto" and parts.path else None
