"""Why an address cannot be listened on, in words for the operator. Pure."""

from __future__ import annotations

import errno


def why_not_listening(exc: OSError) -> str:
    """Return in words why an address could not be had, and what to do."""
    match exc.errno:
        case errno.EADDRINUSE:
            return "another program has this port; stop it, or take another port"
        case errno.EACCES:
            return "ports below 1024 need special rights; take a higher one and forward to it (docs/run.md)"
        case errno.EADDRNOTAVAIL:
            return "this machine has no such address"
        case _:
            return exc.strerror or str(exc)
