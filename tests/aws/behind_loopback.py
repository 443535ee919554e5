"""
Run a server that listens on every interface so that only this machine's loopback leads to it.

    unshare --net --pid --kill-child python behind_loopback.py LISTENER PORT COMMAND...

The command is alone in a network of its own. LISTENER is the file descriptor of a listening socket made outside, which
stays outside; what connects to it is passed on to PORT inside. All ends with the command, or with standard input.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import socket
import struct
import sys

SIOCSIFFLAGS, IFF_UP = 0x8914, 0x1  # Linux, netdevice(7)


def raise_loopback() -> None:
    with socket.socket() as anyone:
        fcntl.ioctl(anyone, SIOCSIFFLAGS, struct.pack("16sH14x", b"lo", IFF_UP))


async def passed_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while some := await reader.read(65536):
            writer.write(some)
            await writer.drain()
    writer.close()


async def main(listener: str, port: str, *command: str) -> None:
    async def joined(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            inside, to_inside = await asyncio.open_connection("127.0.0.1", int(port))
        except OSError:  # not up yet
            writer.close()
            return
        await asyncio.gather(passed_on(reader, to_inside), passed_on(inside, writer))

    raise_loopback()
    process = await asyncio.create_subprocess_exec(*command, stdin=asyncio.subprocess.DEVNULL)
    async with await asyncio.start_server(joined, sock=socket.socket(fileno=int(listener))):
        ends = [asyncio.ensure_future(process.wait()), asyncio.ensure_future(asyncio.to_thread(sys.stdin.read))]
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
    if process.returncode is None:
        process.kill()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
