"""Counts visits in a Redis; `shop.py check` succeeds when it and the database answer."""

import http.server
import json
import os
import socket
import sys
import urllib.request
from pathlib import Path

PORT = 8080
SECRET = Path("/run/secrets/database-password")


def asked(*words: str) -> str:
    """The answer of the database to one command."""
    password = SECRET.read_text().strip() if SECRET.exists() else os.environ.get("DATABASE_PASSWORD", "")
    with socket.create_connection(("db", 6379), timeout=2) as peer, peer.makefile("rwb") as stream:
        for command in (["AUTH", password], list(words)) if password else (list(words),):
            stream.write(f"*{len(command)}\r\n".encode())
            stream.writelines(f"${len(word)}\r\n{word}\r\n".encode() for word in command)
            stream.flush()
            answer = stream.readline().decode().strip()
            if answer.startswith("-"):
                raise OSError(answer)
    return answer.lstrip("+:")


class Shop(http.server.BaseHTTPRequestHandler):
    """One address, and one that says whether all is well."""

    def do_GET(self) -> None:
        """Count a visit."""
        try:
            known = {"/visits": lambda: int(asked("INCR", "visits")), "/health": lambda: asked("PING")}.get(self.path)
            status, body = (200, {"answer": known()}) if known else (404, {"answer": None})
        except OSError as error:
            status, body = 503, {"error": str(error)}
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())


if sys.argv[1:] == ["check"]:
    urllib.request.urlopen(f"http://127.0.0.1:{PORT}/health", timeout=2)
else:
    http.server.ThreadingHTTPServer(("", PORT), Shop).serve_forever()
