"""`ringfence upgrade`: newer versions of what is installed."""

import argparse

from ringfence.cli import output

_EPILOG = """\
examples:
  ringfence upgrade
  ringfence upgrade word-count --dry-run

A grant pins the files that were granted: after an upgrade the old version still runs under it, until you grant the
new one (`ringfence grant word-count …`). What it asks for beyond the old version is shown. Versions that nothing
is granted to are removed.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which, and how."""
    parser.epilog = _EPILOG
    parser.add_argument("plugins", metavar="NAME", nargs="*", help="which (default: all)")
    parser.add_argument("--dry-run", action="store_true", help="verify and show it, and install nothing")


def run(args: argparse.Namespace) -> int:
    """Upgrade."""
    from packaging.version import Version

    from ringfence.cli.install import one, open_client
    from ringfence.gate.state import state_dir
    from ringfence.plugins import installed

    state = state_dir()
    for name in args.plugins:
        installed.need(state, name)
    done = []
    for name in dict.fromkeys(each.name for each in installed.everything(state)):
        have = installed.need(state, name)
        if args.plugins and name not in args.plugins:
            continue
        with open_client(have.index) as client:
            newest = client.record(name).newest(have.channel)
        if Version(newest) > Version(have.version):
            made = one(name, newest, have.index, have.channel, dry_run=args.dry_run)
            kept = [] if args.dry_run else _remove_older(args.config, name, newest)
            done.append({"name": name, "from": have.version, "to": made.version, "kept": kept})
    if args.json:
        output.print_json({"upgraded": done, "dry_run": args.dry_run})
        return 0
    for said in done:
        print(f"{said['name']}: {said['from']} -> {said['to']}")
        if said["kept"]:
            print(f"    a grant still names {', '.join(said['kept'])}: ringfence grant {said['name']} --method METHOD")
    if not done:
        print("Everything that is installed is the newest.")
    return 0


def _remove_older(config: str | None, name: str, newest: str) -> list[str]:
    """Remove versions that nothing is granted to; gives those that stay."""
    import os
    from pathlib import Path

    from ringfence.configfile import read_trusted
    from ringfence.gate import config as configs
    from ringfence.gate.state import state_dir
    from ringfence.plugins import installed

    file = configs.find(config)
    grants = configs.parse(read_trusted(file), file).grants if file is not None and file.exists() else {}
    granted = {Path(os.path.realpath(each.path)) for each in grants.values()}
    kept = []
    for each in installed.everything(state_dir()):
        if each.name == name and each.version != newest:
            if Path(os.path.realpath(each.folder)) in granted:
                kept.append(each.version)
            else:
                installed.remove(each)
    return kept
