"""
The switches and windows of the simulator, for tests and for its own page. All JSON; POST bodies too.

| GET | |
| --- | --- |
| `/` , `/page/...` | the page |
| `/_events` | server-sent events: `state` first, then each change |
| `/_control/state` | what the page shows, as one object |
| `/_control/messages?chat_id=&after=` | every message the bot sent, in order: seq, at, chat_id, text, source, ... |
| `/_control/calls` | `{"counts": {"sendMessage 200": 12, ...}, "calls": [{at, method, chat_id, status}, ...]}` |
| `/_control/unknown` | parameters Telegram would have ignored |
| `/_control/faults` | faults in force |
| `/_control/samples` , `/_control/samples/NAME?to=` | sample mails; one of them to read |
| `/_control/files/FILE_ID` | a document the bot sent |

| POST | |
| --- | --- |
| `/_control/updates` | what a person does, below |
| `/_control/chats` | make chats known, below |
| `/_control/faults` | see `faults.py`; DELETE ends all, or `?id=` one |
| `/_control/block` | `{"is_blocked": true}`: the person stops the bot (or restarts it) |
| `/_control/person` | `{"language_code": "de", "first_name": "..."}` |
| `/_control/send-mail` | see `mailing.py` |

    updates: {"text": "/start"}
             {"press": {"message_id": 3, "data": "t:5f0c"}}
             {"update": {"my_chat_member": {...}}}                     anything at all, without update_id
             each with "user" (a User or only its id) and "chat_id" for another than the page's person
    chats:   {"id": -5, "title": "Team", "statuses": {"42": "administrator"}, "moved_to": -100123, "is_blocked": true}
             {"from": 1000, "to": 1299}                                three hundred private chats
"""

from __future__ import annotations

import importlib.resources
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from sevenbot.demo.chatstore import Json
from sevenbot.demo.faults import read_fault
from sevenbot.demo.mailing import Postman
from sevenbot.demo.refusal import Refusal
from sevenbot.demo.samples import SAMPLES

if TYPE_CHECKING:
    from sevenbot.demo.simulator import Simulator

PAGE = importlib.resources.files("sevenbot.demo") / "page"
TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml"}
SECURITY = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
SHOWN_MESSAGES = 200
MAX_BODY = 64 * 1024 * 1024

Handler = Callable[[Request], Awaitable[Response]]


def json_response(value: Any, status: int = 200) -> Response:
    """Return *value* as JSON."""
    return Response(msgspec.json.encode(value), status, SECURITY, "application/json")


def control_routes(simulator: Simulator) -> list[Route]:
    """Return every route that is not the Bot API."""
    control = _Control(simulator)
    return [
        Route("/", control.page),
        Route("/page/{name}", control.page_file),
        Route("/favicon.ico", control.favicon),
        Route("/_events", control.events),
        Route("/_control/state", control.state),
        Route("/_control/messages", control.messages),
        Route("/_control/calls", control.calls),
        Route("/_control/unknown", control.unknown),
        Route("/_control/files/{file_id}", control.file),
        Route("/_control/samples", control.samples),
        Route("/_control/samples/{name}", control.sample),
        Route("/_control/faults", control.faults, methods=["GET", "POST", "DELETE"]),
        Route("/_control/updates", control.updates, methods=["POST"]),
        Route("/_control/chats", control.chats, methods=["POST"]),
        Route("/_control/block", control.block, methods=["POST"]),
        Route("/_control/person", control.person, methods=["POST"]),
        Route("/_control/send-mail", control.send_mail, methods=["POST"]),
    ]


async def _given(request: Request) -> Json:
    try:
        given = msgspec.json.decode(await request.body())
    except msgspec.DecodeError as exc:
        raise Refusal(400, f"not JSON: {exc}") from exc
    if not isinstance(given, dict):
        raise Refusal(400, "a JSON object is expected")
    return given


def _refusing(handler: Callable[[_Control, Request], Awaitable[Response]]) -> Callable[..., Awaitable[Response]]:
    """Turn refusals and wrong values into `{"error": "..."}`."""

    async def answer(control: _Control, request: Request) -> Response:
        try:
            return await handler(control, request)
        except Refusal as refusal:
            return json_response({"error": refusal.description}, refusal.code)
        except (KeyError, TypeError, ValueError) as exc:
            return json_response({"error": f"{type(exc).__name__}: {exc}"}, 400)

    return answer


class _Control:
    """The handlers; each answers one route."""

    def __init__(self, simulator: Simulator) -> None:
        self._simulator = simulator
        self._store = simulator.store
        self._postman = Postman()

    # windows

    async def page(self, _request: Request) -> Response:
        return Response((PAGE / "index.html").read_bytes(), 200, SECURITY, "text/html; charset=utf-8")

    async def page_file(self, request: Request) -> Response:
        name = request.path_params["name"]
        found = next((entry for entry in PAGE.iterdir() if entry.name == name), None)
        if found is None or (media_type := TYPES.get(name.rpartition(".")[2])) is None:
            return Response("no such file", 404, SECURITY, "text/plain")
        return Response(found.read_bytes(), 200, SECURITY, media_type)

    async def favicon(self, _request: Request) -> Response:
        return RedirectResponse("/page/icon.svg")

    async def events(self, _request: Request) -> Response:
        lines = self._simulator.stream.read(self._state)
        return StreamingResponse(lines, 200, SECURITY, "text/event-stream")

    async def state(self, _request: Request) -> Response:
        return json_response(self._state())

    def _state(self) -> Json:
        simulator = self._simulator
        chat = self._store.chats.get(simulator.person["id"])
        return {
            "bot": self._store.bot,
            "person": simulator.person,
            "is_blocked": chat is not None and chat.is_blocked,
            "messages": list(chat.messages.values())[-SHOWN_MESSAGES:] if chat else [],
            "commands": simulator.methods.shown_commands(simulator.person.get("language_code", "en")),
            "strip": simulator.strip.rows(),
            "faults": simulator.faults.to_json(),
            "address": simulator.address(),
            "mail_door": str(simulator.mail_door) if simulator.mail_door else None,
        }

    @_refusing
    async def messages(self, request: Request) -> Response:
        after = int(request.query_params.get("after", 0))
        chat_id = request.query_params.get("chat_id")
        sent = self._store.sent[after:]
        return json_response([one.to_json() for one in sent if chat_id is None or one.chat_id == int(chat_id)])

    async def calls(self, _request: Request) -> Response:
        seen = list(self._simulator.seen)
        counts = Counter(f"{call.method} {call.status}" for call in seen)
        return json_response({"counts": counts, "calls": seen})

    async def unknown(self, _request: Request) -> Response:
        return json_response(self._simulator.unknown)

    @_refusing
    async def file(self, request: Request) -> Response:
        upload = self._store.files.get(request.path_params["file_id"])
        if upload is None:
            raise Refusal(404, "no such file")
        # RFC 6266, RFC 8187. Always a download, never shown: the content came by mail.
        disposition = f"attachment; filename*=UTF-8''{quote(upload.filename, safe='')}"
        headers = {**SECURITY, "Content-Disposition": disposition}
        return Response(upload.content, 200, headers, "application/octet-stream")

    async def samples(self, _request: Request) -> Response:
        return json_response([sample.to_json() for sample in SAMPLES.values()])

    @_refusing
    async def sample(self, request: Request) -> Response:
        recipient = request.query_params.get("to") or "you@example.org"
        return json_response(self._postman.preview(request.path_params["name"], recipient))

    # switches

    @_refusing
    async def faults(self, request: Request) -> Response:
        faults = self._simulator.faults
        if request.method == "POST":
            faults.add(read_fault(await _given(request)))
        elif request.method == "DELETE":
            fault_id = request.query_params.get("id")
            faults.clear(int(fault_id) if fault_id else None)
        if request.method != "GET":
            self._simulator.stream.publish("faults", {"faults": faults.to_json()})
        return json_response(faults.to_json())

    @_refusing
    async def updates(self, request: Request) -> Response:
        given = await _given(request)
        user = self._user(given.get("user"))
        if "update" in given:
            return json_response(self._store.inject(dict(given["update"])))
        if "press" in given:
            press = given["press"]
            chat_id = int(given.get("chat_id") or user["id"])
            query_id = self._store.presses_button(user, chat_id, press["message_id"], press["data"])
            return json_response({"query_id": query_id})
        text = str(given["text"])
        if not text.strip():
            raise Refusal(400, "text is empty")
        return json_response(self._store.says(user, text, given.get("chat_id")))

    def _user(self, given: Any) -> Json:
        if given is None:
            return self._simulator.person
        if isinstance(given, int):
            return {"id": given, "is_bot": False, "first_name": f"User {given}", "language_code": "en"}
        return {"is_bot": False, "first_name": "Somebody", **given, "id": int(given["id"])}

    @_refusing
    async def chats(self, request: Request) -> Response:
        given = await _given(request)
        if "from" in given:
            for chat_id in range(int(given["from"]), int(given["to"]) + 1):
                self._store.add_chat({"id": chat_id})
            return json_response({"chats": len(self._store.chats)})
        ours = ("statuses", "moved_to", "is_blocked")
        statuses = {int(user_id): status for user_id, status in given.get("statuses", {}).items()}
        facts = {name: value for name, value in given.items() if name not in ours}
        chat = self._store.add_chat(facts, statuses)
        chat.moved_to = given.get("moved_to")
        chat.is_blocked = bool(given.get("is_blocked"))
        return json_response(chat.chat)

    @_refusing
    async def block(self, request: Request) -> Response:
        given = await _given(request)
        person = self._simulator.person
        chat = self._store.chat(int(given.get("chat_id") or person["id"]))
        self._store.set_blocked(chat, person, is_blocked=bool(given["is_blocked"]))
        return json_response({"is_blocked": chat.is_blocked})

    @_refusing
    async def person(self, request: Request) -> Response:
        given = await _given(request)
        for name in ("language_code", "first_name", "username"):
            if isinstance(given.get(name), str):
                self._simulator.person[name] = given[name]
        return json_response(self._simulator.person)

    @_refusing
    async def send_mail(self, request: Request) -> Response:
        door = self._simulator.mail_door
        if door is None:
            raise Refusal(503, "there is no mail door here; start the whole thing with `sevenbot demo`")
        return json_response(await self._postman.send(door, await _given(request)))
