"""`ringfence serve`: a long-lived gate with ready cells."""

import argparse

_MOST_WORKERS = 1024

_EPILOG = """\
examples:
  ringfence serve --socket /run/user/1000/ringfence.sock
  printf '%s\\n' '{"id": "1", "plugin": "pip-inspect", "method": "version"}' | ringfence serve --stdio

One JSON object a line. To call: {"id", "plugin", "method", "arguments"}; to take a call back: {"cancel": ID}.
Each answer is {"id", "envelope"}. SIGTERM answers everything that was taken, then ends.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen, and how much to do at once."""
    parser.epilog = _EPILOG
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--socket", metavar="PATH", help="unix socket to listen on")
    where.add_argument("--stdio", action="store_true", help="serve standard input and output")
    parser.add_argument(
        "--allow-uid", type=int, action="append", default=[], metavar="UID", help="also let this user call"
    )
    parser.add_argument("--workers", type=int, default=4, metavar="N", help="calls at a time (default: 4)")
    parser.add_argument("--queue", type=int, default=256, metavar="N", help="calls that may wait (default: 256)")
    parser.add_argument("--ready", type=int, default=4, metavar="N", help="cells kept ready per profile (default: 4)")
    parser.add_argument(
        "--cell",
        metavar="KIND",
        choices=("prefork", "bubblewrap", "container"),
        help="prefork, bubblewrap or container (default: as granted, else prefork)",
    )
    parser.add_argument("--runtime", metavar="NAME", help="OCI runtime for container cells, such as runc or crun")


def run(args: argparse.Namespace) -> int:
    """Serve until told to stop."""
    import asyncio
    import gc
    import os
    import sys
    from pathlib import Path

    gc.enable()
    from ringfence.cli import output
    from ringfence.errors import UsageError
    from ringfence.gate.gate import Gate
    from ringfence.serve.server import Server

    if min(args.workers, args.queue) < 1 or args.ready < 0:
        raise UsageError("--workers and --queue must be at least 1, --ready at least 0")
    if args.workers > _MOST_WORKERS or args.ready > _MOST_WORKERS:
        raise UsageError(f"--workers and --ready may be at most {_MOST_WORKERS}")
    if not all(0 <= uid < 1 << 32 for uid in args.allow_uid):
        raise UsageError("--allow-uid takes the number of a user")

    async def serve() -> None:
        allowed = frozenset({os.getuid(), *args.allow_uid})
        server = Server(gate, workers=args.workers, queue=args.queue, allowed=allowed)
        if args.stdio:
            await server.run_stdio(lambda: None)
        else:
            await server.run_socket(
                Path(args.socket), lambda: print(f"ringfence: serving on {args.socket}", file=sys.stderr, flush=True)
            )

    with Gate(args.config, cell=args.cell, otherwise="prefork", runtime=args.runtime, ready=args.ready) as gate:
        if gate.allows_unexamined:
            output.warn("allow_unexamined_runtime: cells of a runtime with a kernel of its own are not examined")
        asyncio.run(serve())
    return 0
