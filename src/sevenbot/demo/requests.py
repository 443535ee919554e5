"""
Reading a Bot API request: arguments from the query string, a JSON body, a form or a multipart form.

A multipart file's name is taken as the Bot API server takes it: everything after `filename=` up to the next `;`,
without quotes, percent signs untouched and `filename*` ignored (tdlib/td, tdnet/td/net/HttpReader.cpp). A client
that percent-encodes names shows "%C3%A4" to people; the simulator shows the same.
"""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request

from sevenbot.demo.parameters import Upload
from sevenbot.demo.refusal import Refusal
from sevenbot.demo.validate import MAX_DOCUMENT

MAX_BODY = MAX_DOCUMENT + 1024 * 1024  # room for the other parts; beyond it 413 before reading on


async def read_arguments(request: Request) -> dict[str, Any]:
    """
    Return all arguments of the call; files as `Upload`.

    Raises:
        Refusal: 400 for a body that is none of the forms, 413 for one beyond 50 MB.
    """
    arguments: dict[str, Any] = dict(request.query_params)
    body = await _read_body(request)
    content_type = request.headers.get("content-type", "")
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "application/json":
        arguments.update(_from_json(body))
    elif kind == "multipart/form-data":
        arguments.update(parts(body, content_type))
    elif kind == "application/x-www-form-urlencoded":
        arguments.update(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
    return arguments


async def _read_body(request: Request) -> bytes:
    if request.method == "GET":
        return b""
    chunks: list[bytes] = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > MAX_BODY:
            raise Refusal(413, "Request Entity Too Large")
        chunks.append(chunk)
    return b"".join(chunks)


def _from_json(body: bytes) -> dict[str, Any]:
    if not body.strip():
        return {}
    try:
        decoded = json.loads(body)
    except ValueError as exc:
        raise Refusal(400, "Bad Request: can't parse JSON object") from exc
    if not isinstance(decoded, dict):
        raise Refusal(400, "Bad Request: JSON object expected")
    return decoded


def parts(body: bytes, content_type: str) -> dict[str, Any]:
    """
    Return the fields of a multipart body; files as `Upload`.

    Raises:
        Refusal: 400, it is not well-formed.

    Source: RFC 7578 §4.
    """
    match = re.search(r'boundary="?([^";]+)"?', content_type)
    if match is None:
        raise Refusal(400, "Bad Request: boundary not found")
    arguments: dict[str, Any] = {}
    for part in (b"\r\n" + body).split(b"\r\n--" + match.group(1).encode("latin-1"))[1:]:
        if part.startswith(b"--"):
            return arguments
        head, separator, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        if not separator:
            break
        name, value = _part(head.decode("utf-8", "replace"), content)
        arguments[name] = value
    raise Refusal(400, "Bad Request: can't parse form data headers")


def _part(head: str, content: bytes) -> tuple[str, str | Upload]:
    headers = dict(re.findall(r"(?im)^([\w-]+):[ \t]*(.*?)\r?$", head))
    lowered = {name.lower(): value for name, value in headers.items()}
    words = lowered.get("content-disposition", "").split(";")
    options = dict(word.strip().split("=", 1) for word in words[1:] if "=" in word)
    name = options.get("name", "").strip('"')
    if not name:
        raise Refusal(400, "Bad Request: field name in multipart/form-data not found")
    if "filename" not in options:
        return name, content.decode("utf-8", "replace")
    filename = options["filename"].strip('"')
    return name, Upload(filename, lowered.get("content-type", "application/octet-stream"), content)
