"""The way out of a cell: from a listener inside it to one granted `host:port`, and nowhere else.

A cell's network has only a loopback. For each granted destination the guest opened a listener
there before any byte of the plugin was read, and handed it to the parent. The parent accepts on
it, resolves the granted name itself, outside, checks every address, connects to the address that
it checked (so a name that changes its mind between check and use gains nothing), and passes bytes.
There is no proxy protocol: nothing a plugin says chooses a destination, so no CONNECT can slip by.
"""

import contextlib
import ipaddress
import selectors
import socket
import threading
import time
from collections.abc import Callable, Sequence

from ringfence.model import Destination

Resolver = Callable[[str, int], list[str]]
Refusals = list[str]

_MAX_CONNECTIONS = 32
_MAX_REFUSALS = 20
_CONNECT_SECONDS = 10.0
_CHUNK = 65536
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def resolve(host: str, port: int) -> list[str]:
    """The addresses of `host`, by the system's resolver; raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_address(host: str) -> bool:
    """Whether `host` is an address literal."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def is_public(address: str) -> bool:
    """Whether an address is on the public internet, whatever form it is dressed in.

    Mapped, 6to4, Teredo and NAT64 forms are judged by the IPv4 address that they lead to.
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = [ip.ipv4_mapped, ip.sixtofour, ip.teredo[1] if ip.teredo else None]
        if ip in _NAT64 or int(ip) >> 32 == 0:
            inner.append(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
        if any(i is not None and not is_public(str(i)) for i in inner):
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def addresses(destination: Destination, resolver: Resolver) -> list[str]:
    """Where a destination may be reached; raises PermissionError where that is nowhere.

    An address literal was granted as such. A name must not lead to a private, loopback,
    link-local or otherwise special address: one such answer refuses them all.
    """
    if is_address(destination.host):
        return [destination.host]
    found = resolver(destination.host, destination.port)
    if inside := [a for a in found if not is_public(a)]:
        raise PermissionError(f"{destination.host} leads to {inside[0]}, which is not a public address")
    return found


class Relay:
    """Serves the listeners of one cell until `close`. One thread; every connection is bounded."""

    def __init__(
        self,
        listeners: Sequence[socket.socket],
        destinations: Sequence[Destination],
        resolver: Resolver = resolve,
    ) -> None:
        self._destinations = dict(zip((s.fileno() for s in listeners), destinations, strict=True))
        self._listeners = listeners
        self._resolver = resolver
        self._wake, self._woken = socket.socketpair()
        self._threads: list[threading.Thread] = []
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._closed = False
        self.refusals: Refusals = []
        self._acceptor = threading.Thread(target=self._accept, name="ringfence-relay", daemon=True)
        self._acceptor.start()

    def close(self) -> None:
        """Cut every connection and stop."""
        with self._lock:
            self._closed = True
            for connection in self._open:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
        self._wake.send(b"x")
        self._acceptor.join(timeout=_CONNECT_SECONDS)
        for thread in self._threads:
            thread.join(timeout=_CONNECT_SECONDS)
        self._wake.close()
        self._woken.close()

    def _accept(self) -> None:
        selector = selectors.DefaultSelector()
        selector.register(self._woken, selectors.EVENT_READ)
        for listener in self._listeners:
            listener.setblocking(False)
            selector.register(listener, selectors.EVENT_READ)
        while True:
            for key, _ in selector.select():
                if key.fileobj is self._woken:
                    selector.close()
                    return
                with contextlib.suppress(OSError):
                    self._take(key.fd, key.fileobj)

    def _take(self, fd: int, listener: object) -> None:
        if not isinstance(listener, socket.socket):
            return
        inside, _ = listener.accept()
        self._threads = [t for t in self._threads if t.is_alive()]
        if len(self._threads) >= _MAX_CONNECTIONS:
            self._refuse(f"more than {_MAX_CONNECTIONS} connections at once")
            inside.close()
            return
        thread = threading.Thread(target=self._serve, args=(inside, self._destinations[fd]), daemon=True)
        self._threads.append(thread)
        thread.start()

    def _serve(self, inside: socket.socket, destination: Destination) -> None:
        with inside, contextlib.ExitStack() as stack:
            try:
                outside = stack.enter_context(self._connect(destination))
            except OSError as error:
                self._refuse(f"{destination.host}:{destination.port}: {error}")
                return
            with self._lock:
                if self._closed:
                    return
                self._open |= {inside, outside}
            try:
                _pass_bytes(inside, outside)
            except OSError:
                pass
            finally:
                with self._lock:
                    self._open -= {inside, outside}

    def _refuse(self, reason: str) -> None:
        if len(self.refusals) < _MAX_REFUSALS and reason not in self.refusals:
            self.refusals.append(reason)

    def _connect(self, destination: Destination) -> socket.socket:
        last: OSError = ConnectionError("no address")
        deadline = time.monotonic() + _CONNECT_SECONDS
        for address in addresses(destination, self._resolver):
            try:
                left = max(deadline - time.monotonic(), 0.001)
                return socket.create_connection((address, destination.port), timeout=left)
            except OSError as error:
                last = error
        raise last


def _pass_bytes(inside: socket.socket, outside: socket.socket) -> None:
    """Both ways until both sides have finished sending."""
    other = {inside: outside, outside: inside}
    for connection in other:
        connection.settimeout(None)
    selector = selectors.DefaultSelector()
    for connection in other:
        selector.register(connection, selectors.EVENT_READ)
    with selector:
        while selector.get_map():
            for key, _ in selector.select():
                source = key.fileobj
                assert isinstance(source, socket.socket)  # noqa: S101  # only sockets are registered
                part = source.recv(_CHUNK)
                if part:
                    other[source].sendall(part)
                else:
                    selector.unregister(source)
                    with contextlib.suppress(OSError):
                        other[source].shutdown(socket.SHUT_WR)
