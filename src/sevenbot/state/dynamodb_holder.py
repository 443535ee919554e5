"""Who holds which lease, told by the lease's token."""

from __future__ import annotations

import secrets
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Holder:
    """
    Whose leases are whose: a token begins with the name of its worker, then of its run.

    So a worker that comes up again knows the leases of its own former run, which is dead, and need not wait for them;
    those of others it respects.
    """

    worker: str  # 8 hex digits, kept across runs
    run: str  # 8 hex digits, new in each

    @classmethod
    def passing(cls) -> Holder:
        """Return one that has no former run."""
        return cls(secrets.token_hex(4), secrets.token_hex(4))

    def new_token(self) -> str:
        """Return a token for one lease."""
        return self.worker + self.run + secrets.token_hex(4)

    def is_of_former_run(self, token: str | None) -> bool:
        """Say whether the lease is one our dead predecessor held."""
        return token is not None and token.startswith(self.worker) and not token.startswith(self.worker + self.run)
