"""A connection to a message bus of Linux, as much of it as a reader needs: a question, and its answer.

Written out here because the library's own bindings lose count of what they read, and a program for each
question costs ten times the question. The form of the messages is that of the D-Bus specification.
"""

import os
import re
import socket
import struct
from typing import Any

BUS = "org.freedesktop.DBus"
METHOD_CALL, METHOD_RETURN, ERROR = 1, 2, 3
PATH, INTERFACE, MEMBER, REPLY_SERIAL, DESTINATION, SIGNATURE = 1, 2, 3, 5, 6, 8
FIXED = {"y": "B", "b": "I", "n": "h", "q": "H", "i": "i", "u": "I", "x": "q", "t": "Q", "d": "d"}
ALIGNED = {"(": 8, "{": 8, "a": 4, "s": 4, "o": 4, "g": 1, "v": 1}


class MessageBus:
    """One connection. A socket, so whoever opens one in a test allows those of Unix."""

    def __init__(self, address: str, *, patience_s: float) -> None:
        found = re.search(r"unix:(path|abstract)=([^,;]+)", address)
        assert found, address
        self._serial, self._unread = 0, b""
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.settimeout(patience_s)
        self._socket.connect(found[2] if found[1] == "path" else f"\0{found[2]}")
        self._socket.sendall(b"\0AUTH EXTERNAL " + str(os.getuid()).encode().hex().encode() + b"\r\n")
        assert self._socket.recv(256).startswith(b"OK "), "the bus did not let us in"
        self._socket.sendall(b"BEGIN\r\n")
        self.ask(BUS, "/org/freedesktop/DBus", BUS, "Hello")

    def close(self) -> None:
        """Leave the bus."""
        self._socket.close()

    def ask(self, to: str, path: str, interface: str, method: str, *words: str) -> Any:  # noqa: ANN401
        """What is answered to a question with these words; None where that is an error, or nothing."""
        self._serial += 1
        self._socket.sendall(_question(self._serial, to, path, interface, method, words))
        while True:
            kind, fields, body = self._message()
            if kind in {METHOD_RETURN, ERROR} and fields.get(REPLY_SERIAL) == self._serial:
                answered = kind == METHOD_RETURN and SIGNATURE in fields
                return Values(body).value(fields[SIGNATURE]) if answered else None

    def _message(self) -> tuple[int, dict[int, Any], bytes]:
        head = self._take(16)
        _, kind, _, _, body_bytes, _, fields_bytes = struct.unpack("<4B3I", head)
        head += self._take(-(-fields_bytes // 8) * 8)
        fields = Values(head[: 16 + fields_bytes], 12).value("a(yv)")
        return kind, dict(fields), self._take(body_bytes)

    def _take(self, count: int) -> bytes:
        while len(self._unread) < count:
            came = self._socket.recv(65536)
            assert came, "the bus ended"
            self._unread += came
        taken, self._unread = self._unread[:count], self._unread[count:]
        return taken


def _question(serial: int, to: str, path: str, interface: str, method: str, words: tuple[str, ...]) -> bytes:
    body = _texts(words)
    fields = b""
    for code, kind, text in (
        (PATH, b"o", path),
        (DESTINATION, b"s", to),
        (INTERFACE, b"s", interface),
        (MEMBER, b"s", method),
    ):
        fields = _padded(fields, 8) + bytes([code, 1]) + kind + b"\0" + _texts((text,))
    if words:
        signature = b"s" * len(words)
        fields = _padded(fields, 8) + bytes([SIGNATURE, 1]) + b"g\0" + bytes([len(words)]) + signature + b"\0"
    head = struct.pack("<c3B3I", b"l", METHOD_CALL, 0, 1, len(body), serial, len(fields))
    return _padded(head + fields, 8) + body


def _texts(words: tuple[str, ...]) -> bytes:
    data = b""
    for word in words:
        said = word.encode()
        data = _padded(data, 4) + struct.pack("<I", len(said)) + said + b"\0"
    return data


def _padded(data: bytes, to: int) -> bytes:
    return data + bytes(-len(data) % to)


class Values:
    """What stands in a message, one value after another."""

    def __init__(self, data: bytes, at: int = 0) -> None:
        self._data = data
        self._at = at

    def value(self, signature: str) -> Any:  # noqa: ANN401 - the signature says what it is
        """The next value, of the first whole type that the signature names."""
        kind = signature[0]
        if kind in FIXED:
            (number,) = self._numbers(FIXED[kind])
            return number
        self._align(ALIGNED[kind])
        if kind in "sog":
            (length,) = self._numbers("B" if kind == "g" else "I")
            self._at += length + 1
            return self._data[self._at - length - 1 : self._at - 1].decode()
        if kind == "v":
            return self.value(self.value("g"))
        if kind == "a":
            return self._array(_first_type(signature[1:]))
        return tuple(self.value(one) for one in _types(_first_type(signature)[1:-1]))

    def _array(self, kind: str) -> list[Any]:
        (length,) = self._numbers("I")
        self._align(ALIGNED.get(kind[0]) or struct.calcsize(FIXED[kind[0]]))
        end, found = self._at + length, []
        while self._at < end:
            found.append(self.value(kind))
        return found

    def _numbers(self, form: str) -> tuple[Any, ...]:
        self._align(struct.calcsize(form))
        self._at += struct.calcsize(form)
        return struct.unpack_from(f"<{form}", self._data, self._at - struct.calcsize(form))

    def _align(self, to: int) -> None:
        self._at += -self._at % to


def _types(signature: str) -> list[str]:
    found = []
    while signature:
        found.append(_first_type(signature))
        signature = signature[len(found[-1]) :]
    return found


def _first_type(signature: str) -> str:
    if signature[0] == "a":
        return "a" + _first_type(signature[1:])
    depth = 0
    for at, sign in enumerate(signature):
        depth += (sign in "({") - (sign in ")}")
        if not depth:
            return signature[: at + 1]
    raise AssertionError(f"no type: {signature}")
