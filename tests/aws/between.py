"""A server in front of an emulated account: it hears each call first, and may answer in the account's place."""

from __future__ import annotations

import contextlib
import http.client
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

#: Hears the operation ("PutItem") and the body of a call; returns status and body of an answer, or None to pass it on.
Listener = Callable[[str, bytes], tuple[int, bytes] | None]


@contextlib.contextmanager
def between(url: str, listener: Listener) -> Iterator[str]:
    """Yield the URL of a server that passes calls on to the one at *url*."""

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            answer = listener(self.headers.get("X-Amz-Target", "").rpartition(".")[2], body)
            status, reply = answer or _passed_on(url, self.path, dict(self.headers), body)
            self.send_response(status)
            self.send_header("Content-Length", str(len(reply)))
            self.end_headers()
            self.wfile.write(reply)

        def log_message(self, *_: object) -> None:
            """Stay silent."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Door) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def _passed_on(url: str, path: str, headers: dict[str, str], body: bytes) -> tuple[int, bytes]:
    with contextlib.closing(http.client.HTTPConnection(url.removeprefix("http://"), timeout=10)) as account:
        account.request("POST", path, body, headers)
        answer = account.getresponse()
        return answer.status, answer.read()
