"""Two machines on one wire, as network namespaces: a server, and somebody else who can send it packets.

What is published on the server's loopback can be reached from the server alone; what is published on every interface
can be reached by the neighbour. Nothing of the real machine's network is touched.
"""

import shutil
import subprocess
import textwrap

SERVER = "192.0.2.1"
NEIGHBOUR = "192.0.2.2"
#: Where the neighbour listens for whatever a container may send out.
LISTENING = 9000


def missing() -> str:
    """What keeps namespaces from being made here; "" where nothing does."""
    for program in ("ip", "iptables", "nsenter", "unshare"):
        if shutil.which(program, path="/usr/sbin:/usr/bin:/sbin:/bin") is None:
            return f"two machines on a wire need {program} (Debian's iproute2, iptables and util-linux)"
    return ""


class Lan:
    """The two machines, from their start to `stop`."""

    def __init__(self) -> None:
        self._holders = [
            subprocess.Popen(["setpriv", "--pdeathsig", "KILL", "unshare", "--net", "sleep", "infinity"])
            for _ in range(2)
        ]
        server, neighbour = (holder.pid for holder in self._holders)
        self.server = ["nsenter", f"--net=/proc/{server}/ns/net"]
        self.neighbour = ["nsenter", f"--net=/proc/{neighbour}/ns/net"]
        self._wait(server, neighbour)
        self._do(self.server, f"ip link add wire type veth peer name wire netns /proc/{neighbour}/ns/net")
        for words, address in ((self.server, SERVER), (self.neighbour, NEIGHBOUR)):
            self._do(words, "ip link set lo up")
            self._do(words, f"ip address add {address}/24 dev wire")
            self._do(words, "ip link set wire up")
        # The neighbour knows of the containers' networks, as any attacker would guess them.
        self._do(self.neighbour, f"ip route add 172.16.0.0/12 via {SERVER}")
        self._listener = subprocess.Popen([*self.neighbour, "python3", "-c", _LISTEN])

    @staticmethod
    def _wait(*pids: int) -> None:
        import os
        import time

        own = os.readlink("/proc/self/ns/net")
        while any(os.readlink(f"/proc/{pid}/ns/net") == own for pid in pids):
            time.sleep(0.01)

    @staticmethod
    def _do(inside: list[str], words: str) -> None:
        done = subprocess.run([*inside, *words.split()], capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{words}: {done.stderr}"

    def asks(self, who: list[str], address: str, port: int, path: str = "/") -> str:
        """What one of the machines gets from an address over HTTP; "" where nothing answers."""
        return self.tells(who, address, port, f"GET {path} HTTP/1.0\r\nHost: x\r\n\r\n")

    def tells(self, who: list[str], address: str, port: int, words: str) -> str:
        """What one of the machines is answered to these words, until the other side ends; "" where nothing answers."""
        done = subprocess.run(
            [*who, "python3", "-c", _TELL, address, str(port), words],
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
        return done.stdout

    def stop(self) -> None:
        """Take both machines away."""
        for process in (self._listener, *self._holders):
            process.kill()
            process.wait()


_LISTEN = textwrap.dedent(
    f"""
    import http.server
    class Answer(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"stolen")
        def log_message(self, *words):
            pass
    http.server.ThreadingHTTPServer(("{NEIGHBOUR}", {LISTENING}), Answer).serve_forever()
    """
)
_TELL = textwrap.dedent(
    """
    import socket, sys
    address, port, words = sys.argv[1:]
    try:
        with socket.create_connection((address, int(port)), timeout=2) as peer:
            peer.sendall(words.encode())
            found = b""
            while piece := peer.recv(65536):
                found += piece
    except OSError:
        sys.exit()
    print(found.decode(errors="replace") or "(silence)")
    """
)
