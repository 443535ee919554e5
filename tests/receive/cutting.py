"""A line that breaks: a relay on loopback that goes silent and away after so many bytes from the server."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator


@contextlib.contextmanager
def cutting(port: int, *, after_bytes: int) -> Iterator[int]:
    """Relay one connection to *port* of this machine; yield the port to connect to."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=_relay, args=(listener, port, after_bytes))
        thread.start()
        yield listener.getsockname()[1]
        thread.join()


def _relay(listener: socket.socket, port: int, after_bytes: int) -> None:
    client, _ = listener.accept()
    with client, socket.create_connection(("127.0.0.1", port)) as server:
        up = threading.Thread(target=_pass_on, args=(client, server, 1 << 60))
        up.start()
        _pass_on(server, client, after_bytes)
        for end in (client, server):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        up.join()


def _pass_on(origin: socket.socket, goal: socket.socket, limit: int) -> None:
    with contextlib.suppress(OSError):
        while limit > 0 and (data := origin.recv(min(limit, 65536))):
            goal.sendall(data)
            limit -= len(data)
