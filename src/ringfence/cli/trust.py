"""`ringfence trust`: let a configuration hold that lies in the working directory or above it."""

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments of its own."""
    parser.description = (
        "Allow the ringfence.toml that is found in the working directory or above it, as it is now. What 'ringfence"
        " grant' and 'revoke' write is allowed already; one that came with somebody else's tree, or was edited, is not."
    )
    parser.epilog = "'ringfence grants' shows what it grants, before it is allowed"


def run(args: argparse.Namespace) -> int:
    """Put it on record, and say so."""
    from ringfence.cli import output
    from ringfence.gate.granting import trust

    done = trust(args.config)
    if args.json:
        output.print_json(done)
    else:
        print(f"Allowed {done['config']} as it is now.")
    return 0
