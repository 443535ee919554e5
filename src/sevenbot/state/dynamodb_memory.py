"""
What this process saw lately of the users, so that neither door nor worker pays for every look.

What it changed itself counts as seen: the table's index, and reads that are not consistent, are a moment behind. So a
look that began before such a change must not bring the old record back.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from datetime import timedelta

from sevenbot.state.users import User

HIT = timedelta(seconds=30)
"""How long a record is remembered: so late may a change by another process be noticed."""

MISS = timedelta(seconds=2)
"""How long a miss is: so late may an address registered by another process be known."""

REMEMBERED = 20_000
"""Records in memory, about 1 KB each."""


class Memory:
    """Records and misses, each with the time it was seen; *clock* is monotonic, in seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.now = clock
        self._users: OrderedDict[int, tuple[float, User]] = OrderedDict()
        self._chats: dict[str, int] = {}
        self._misses: OrderedDict[str, float] = OrderedDict()

    def by_chat(self, chat_id: int) -> User | None:
        """Return the record if it was seen lately."""
        seen = self._users.get(chat_id)
        return seen[1] if seen and self.now() - seen[0] < HIT.total_seconds() else None

    def by_address(self, email_address: str) -> User | None:
        """Return the owner's record if it was seen lately."""
        chat_id = self._chats.get(email_address)
        return None if chat_id is None else self.by_chat(chat_id)

    def is_missed(self, email_address: str) -> bool:
        """Say whether the address was nobody's a moment ago."""
        seen = self._misses.get(email_address)
        return seen is not None and self.now() - seen < MISS.total_seconds()

    def keep(self, user: User) -> User:
        """Remember a record that is known to stand, and return it."""
        self.forget(user.chat_id)
        self._users[user.chat_id] = (self.now(), user)
        self._chats[user.email_address] = user.chat_id
        self._misses.pop(user.email_address, None)
        while len(self._users) > REMEMBERED:
            self.forget(next(iter(self._users)))
        return user

    def keep_seen(self, user: User, since: float) -> User | None:
        """Remember what a look begun at *since* found, unless something newer is known; return what counts."""
        newer = self._users.get(user.chat_id)
        if newer is not None and newer[0] > since:
            return newer[1] if newer[1].email_address == user.email_address else None
        if self._misses.get(user.email_address, float("-inf")) > since:
            return None
        return self.keep(user)

    def miss(self, email_address: str) -> None:
        """Remember that the address is nobody's."""
        self._misses.pop(email_address, None)
        self._misses[email_address] = self.now()
        while len(self._misses) > REMEMBERED:
            self._misses.popitem(last=False)

    def forget(self, chat_id: int) -> None:
        """Forget a record."""
        _, user = self._users.pop(chat_id, (0.0, None))
        if user is not None and self._chats.get(user.email_address) == chat_id:
            del self._chats[user.email_address]
