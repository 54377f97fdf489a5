"""`ringfence revoke`: take a grant back."""

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """PLUGIN [--method M…]."""
    parser.epilog = "example: ringfence revoke text-report --method verify"
    parser.add_argument("plugin", metavar="PLUGIN")
    parser.add_argument("--method", action="append", default=[], metavar="M", help="only this method (repeatable)")


def run(args: argparse.Namespace) -> int:
    """Change the file and say so."""
    from ringfence.cli import output
    from ringfence.gate.granting import revoke

    done = revoke(args.config, args.plugin, tuple(args.method))
    if args.json:
        output.print_json(done)
    else:
        what = f"methods {', '.join(args.method)} of {args.plugin}" if args.method else args.plugin
        print(f"Revoked {what} in {done['config']}.")
    return 0
