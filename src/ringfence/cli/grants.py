"""`ringfence grants`: what is granted."""

import argparse

from ringfence.cli import output


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments of its own."""
    parser.epilog = "'ringfence explain PLUGIN METHOD' shows the isolation that follows from a grant"


def run(args: argparse.Namespace) -> int:
    """Print the grants."""
    from ringfence.gate.config import load

    config = load(args.config, to_show=True)
    if args.json:
        file = str(config.file) if config.file else None
        output.print_json({"config": file, "allowed": config.holds, "grants": _rows(config.grants)})
        return 0
    if not config.grants:
        print(f"Nothing is granted in {config.file or 'any configuration'}.")
        return 0
    rows = []
    for name, grant in sorted(config.grants.items()):
        extras = [f"read {n}={p}" for n, p in grant.read.items()]
        extras += [f"write {n}={p}" for n, p in grant.write.items()]
        extras += [f"secret {n}={s}" for n, s in grant.secrets.items()]
        extras += [f"net {h}:{p}" for h, p in grant.network]
        rows.append((name, grant.version, ", ".join(grant.methods), "; ".join(extras) or "-"))
    print(output.table(rows, ("PLUGIN", "VERSION", "METHODS", "PERMISSIONS")))
    print(output.style(f"from {config.file}", "dim"))
    if not config.holds:
        print("None of it holds: you have not written or allowed this file as it is now ('ringfence trust' allows it).")
    return 0


def _rows(grants: object) -> object:
    from collections.abc import Mapping
    from dataclasses import asdict

    assert isinstance(grants, Mapping)  # noqa: S101
    return [asdict(grant) | {"path": str(grant.path)} for _, grant in sorted(grants.items())]
