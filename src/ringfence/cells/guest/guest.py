"""The guest: answers exactly one request, inside a cell.

The parent sends two frames and gets two back, on one inherited socket. A frame is a 4-byte
big-endian length and that many bytes: marshal from the parent, whom the guest trusts; JSON from
the guest, whom the parent does not.

    parent -> setup     the walls that only this process can put up, and descriptors of its groups
    guest  -> ready     which walls are up; after this the cell may wait for long
    parent -> request   entry, method, arguments, policy, secrets
    guest  -> answer    {"result": …} or {"error": …}, then the process ends

Not a byte of the plugin is read before `ready`. End of file from the parent ends the guest.
Only modules that cost nothing are imported here: `json` and `socket` would double the start.
"""

from __future__ import annotations

import _json
import _socket
import marshal
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:  # as typing has it, without its cost
    from collections.abc import Iterable
    from typing import Any, NoReturn

_FRAME_MAX = 64 * 1024 * 1024


def main() -> None:
    """Serve one request on the descriptor that the only argument names."""
    channel = _socket.socket(fileno=int(sys.argv[1]))
    os.set_inheritable(channel.fileno(), False)
    setup, doors = receive(channel)
    try:
        enter_groups(doors)
    except OSError as error:
        send_frame(channel, {"failed": "cgroup: " + str(error)})
        os._exit(1)
    prepare(channel, setup)
    serve(channel)


def enter_groups(doors: list[int]) -> None:
    """Enter the groups that bound this process, one door each. The parent looks whether it did."""
    for door in doors:
        os.write(door, b"0")
        os.close(door)


def prepare(channel: _socket.socket, setup: dict[str, Any]) -> None:
    """Put up the walls that `setup` asks for and say so; a wall that fails is said, and is the end."""
    import walls

    listeners = []
    try:
        if setup.get("refuse"):
            raise OSError(setup["refuse"])
        for address, port in setup["listen"]:
            listeners.append(_listener(address, port))
        if setup["drop_capabilities"]:
            walls.drop_capabilities()
        walls.set_limits(setup["limits"])
        ready: dict[str, object] = {"landlock": 0}
        if setup["landlock"] is not None:
            ready["landlock"] = walls.landlock(**setup["landlock"])
        if setup.get("seccomp"):
            walls.seccomp(setup["seccomp"])
        if setup.get("tell"):
            import carried

            ready["told"] = carried.told()
    except (OSError, ValueError) as error:
        send_frame(channel, {"failed": str(error)})
        os._exit(1)
    send_frame(channel, ready, [s.fileno() for s in listeners])
    for listener in listeners:
        listener.close()


def _listener(address: str, port: int) -> _socket.socket:
    listener = _socket.socket(_socket.AF_INET, _socket.SOCK_STREAM)
    listener.bind((address, port))
    listener.listen(16)
    return listener


def serve(channel: _socket.socket) -> NoReturn:
    """Wait for the request, run the method, answer, end."""
    request = read_frame(channel)
    answer = _answer(request)
    for stream in (sys.stdout, sys.stderr):
        try:  # noqa: SIM105  # contextlib would have to be imported
            stream.flush()
        except BaseException:  # noqa: S110  # the stream may be the plugin's own
            pass
    try:
        data = _encode(answer)
    except BaseException as error:  # so may what it gave back, or a part of it
        data = _encode(_not_json(error))
    if len(data) > request["result_bytes"]:
        data = _encode(_too_large(len(data), request["result_bytes"]))
    _send(channel, data, [])
    # The parent need not wait for its ends of these until the kernel has taken this process apart.
    channel.close()
    os.close(1)
    os.close(2)
    os._exit(0)


def _encode(value: object) -> bytes:
    """JSON bytes. The C encoder alone; where an interpreter has another one, `json` itself."""
    try:
        make = _json.make_encoder
        encoder = make({}, _refuse, _json.encode_basestring_ascii, None, ":", ",", False, False, False)
    except (AttributeError, TypeError):
        import json

        return json.dumps(value, allow_nan=False, separators=(",", ":")).encode("ascii")
    return "".join(encoder(value, 0)).encode("ascii")


def _refuse(value: object) -> NoReturn:
    raise TypeError("a " + type(value).__name__ + " has no JSON form")


def _not_json(error: BaseException) -> dict[str, object]:
    return {
        "error": {
            "code": "invalid-result",
            "type": _kind(error),
            "message": "the result is not JSON: " + _message(error)[:500],
        }
    }


def _too_large(size: int, limit: int) -> dict[str, object]:
    return {
        "error": {
            "code": "output-limit",
            "type": "",
            "message": f"the result has {size} bytes, {limit} are allowed",
        }
    }


def _answer(request: dict[str, Any]) -> dict[str, object]:
    try:
        return {"result": _call(request)}
    except SystemExit as error:
        return _error(request, "plugin-error", error, "the plugin tried to exit")
    except MemoryError as error:
        return _error(request, "memory-limit", error, "the plugin ran out of memory")
    except BaseException as error:
        return _error(request, "plugin-error", error, None)


def _call(request: dict[str, Any]) -> object:
    places = request["places"]
    _write_secrets(request["secrets"], places["secrets"])
    sys.path[:0] = [places["plugin"], places["plugin"] + "/vendor"]
    entry = request["entry"]
    __import__(entry["module"])
    target: Any = sys.modules[entry["module"]]
    for name in entry["class"].split("."):
        target = getattr(target, name)
    plugin = target(**_constructor_arguments(target, request))
    member = getattr(plugin, request["method"])
    result = member(*request["args"], **request["kwargs"]) if callable(member) else member
    if hasattr(result, "__await__"):
        import asyncio

        result = asyncio.run(_await(result))
    return result


async def _await(awaitable: Any) -> object:
    return await awaitable


def _write_secrets(secrets: dict[str, bytes], folder: str) -> None:
    for name, value in secrets.items():
        fd = os.open(folder + "/" + name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o400)
        os.write(fd, value)
        os.close(fd)


def _constructor_arguments(target: Any, request: dict[str, Any]) -> dict[str, object]:
    """The offered keywords that the constructor takes: all four are optional."""
    try:
        code = target.__init__.__code__
    except AttributeError:
        return {}
    names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    places = request["places"]
    offered = {
        "project_root": lambda: places["plugin"],
        "cache_dir": lambda: _cache_dir(places["scratch"]),
        "policy": lambda: request["policy"],
        "fernet_lib": _fernet,
    }
    return {name: make() for name, make in offered.items() if name in names}


def _cache_dir(scratch: str) -> str:
    os.makedirs(scratch + "/cache", exist_ok=True)
    return scratch + "/cache"


def _fernet() -> object:
    try:
        from cryptography import fernet
    except ImportError:
        return None
    return fernet


def _error(request: dict[str, Any], code: str, error: BaseException, message: str | None) -> dict[str, object]:
    text = _message(error)
    return {
        "error": {
            "code": code,
            "type": _kind(error)[:200],
            "message": (message + ": " + text if message and text else message or text)[:4000],
            "traceback": _frames(request["places"]["plugin"] + "/", error),
        }
    }


def _kind(error: BaseException) -> str:
    """The name of its class, whatever a metaclass says that it is."""
    return _words(type.__dict__["__name__"].__get__(type(error)))


def _message(error: BaseException) -> str:
    try:
        return _words(str.__getitem__(str(error), slice(4000)))
    except BaseException:
        return "(its message cannot be shown)"


def _words(text: str) -> str:
    """Text that can be sent: half a surrogate pair (of a file's name, say) as its escape."""
    return str.encode(text, "utf-8", "backslashreplace").decode()


def _frames(folder: str, error: BaseException) -> str:
    """The plugin's own frames, as text; empty where the plugin left too little to make it with."""
    try:
        import traceback

        frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename.startswith(folder)]
        return _words("".join(traceback.format_list(frames[-50:])))[:16000]
    except BaseException:
        return ""


def receive(channel: _socket.socket) -> tuple[dict[str, Any], list[int]]:
    """One frame from the parent and the descriptors beside it; ends the process where the parent is gone."""
    header, ancillary, _, _ = channel.recvmsg(4, _socket.CMSG_SPACE(4 * 16), _socket.MSG_CMSG_CLOEXEC)
    if len(header) < 4:
        os._exit(0)
    descriptors: list[int] = []
    for level, kind, data in ancillary:
        if (level, kind) == (_socket.SOL_SOCKET, _socket.SCM_RIGHTS):
            descriptors += [int.from_bytes(data[i : i + 4], sys.byteorder) for i in range(0, len(data), 4)]
    return marshal.loads(read_exactly(channel, int.from_bytes(header, "big"))), descriptors  # noqa: S302


def read_frame(channel: _socket.socket) -> dict[str, Any]:
    """One frame from the parent; ends the process where the parent is gone."""
    size = int.from_bytes(read_exactly(channel, 4), "big")
    if size > _FRAME_MAX:
        os._exit(1)
    return marshal.loads(read_exactly(channel, size))  # type: ignore[no-any-return]  # noqa: S302  # the parent's


def read_exactly(channel: _socket.socket, size: int) -> bytes:
    """That many bytes from the parent; ends the process where the parent is gone."""
    parts = []
    while size:
        part = channel.recv(min(size, 1 << 20))
        if not part:
            os._exit(0)
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def send_frame(channel: _socket.socket, message: dict[str, object], descriptors: Iterable[int] = ()) -> None:
    """One frame to the parent, with descriptors beside it."""
    _send(channel, _encode(message), descriptors)


def _send(channel: _socket.socket, data: bytes, descriptors: Iterable[int]) -> None:
    frame = len(data).to_bytes(4, "big") + data
    if descriptors:
        packed = b"".join(fd.to_bytes(4, sys.byteorder) for fd in descriptors)
        frame = frame[channel.sendmsg([frame], [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, packed)]) :]
    channel.sendall(frame)
