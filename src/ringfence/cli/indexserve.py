"""`ringfence index serve`: the web face of an index, on loopback."""

import argparse
import sys


def arguments(_: str, command: argparse.ArgumentParser) -> None:
    """Where, and what is taken."""
    from ringfence.cli.indexkeep import at_argument

    at_argument(command)
    command.add_argument("--port", type=int, default=8900, metavar="N", help="on 127.0.0.1 (default: 8900; 0: any)")
    command.add_argument("--without-vetting", action="store_true", help="take submissions unvetted")
    command.add_argument("--submissions-a-minute", type=int, default=10, metavar="N", help="of one key (default: 10)")


def run(args: argparse.Namespace) -> int:
    """Serve until told to stop."""
    import gc

    gc.enable()
    from ringfence.cli.indexkeep import vetter, workspace
    from ringfence.index.web import serve

    space = workspace(args)
    vet = None if args.without_vetting else vetter(space)

    def ready(port: int) -> None:
        print(f"ringfence: serving {space.name} on http://127.0.0.1:{port}/", file=sys.stderr, flush=True)

    serve(space, vet, args.port, ready, args.submissions_a_minute)
    return 0
