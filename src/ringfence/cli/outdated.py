"""`ringfence outdated`: what is installed and has a newer or a withdrawn version."""

import argparse
from typing import Any

from ringfence.cli import output

_EPILOG = """\
examples:
  ringfence outdated

Ends with 1 where anything is outdated, was withdrawn, or is covered by an advisory.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing of its own."""
    parser.epilog = _EPILOG


def run(args: argparse.Namespace) -> int:
    """Ask the indexes."""
    from packaging.version import Version

    from ringfence.cli.install import open_client
    from ringfence.errors import NotInIndex
    from ringfence.gate.state import state_dir
    from ringfence.index.advised import against
    from ringfence.index.offline import withdrawn
    from ringfence.plugins import installed

    found: list[dict[str, Any]] = []
    for one in installed.everything(state_dir()):
        with open_client(one.index) as client:
            newest = said = ""
            covering = against(client, one.name, one.version)
            try:
                said = withdrawn(client, one)
                newest = client.record(one.name).newest(one.channel)
            except NotInIndex as error:
                said = said or error.message
        if said or covering or (newest and Version(newest) > Version(one.version)):
            advisories = [f"{each.ids[0]} ({each.rating or 'unrated'})" for each in covering]
            row = {"name": one.name, "installed": one.version, "newest": newest, "withdrawn": said}
            found.append(row | {"advisories": advisories})
    if args.json:
        output.print_json(found)
    elif found:
        rows = [
            (
                e["name"],
                e["installed"],
                e["newest"] or "-",
                output.plain(", ".join(e["advisories"])) or "-",
                output.plain(e["withdrawn"]),
            )
            for e in found
        ]
        print(output.table(rows, ("NAME", "INSTALLED", "NEWEST", "ADVISORIES", "WITHDRAWN")))
    else:
        print("Everything that is installed is the newest.")
    return 1 if found else 0
