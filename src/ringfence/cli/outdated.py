"""`ringfence outdated`: what is installed and has a newer or a withdrawn version."""

import argparse

from ringfence.cli import output

HELP = "what is installed and has a newer or a withdrawn version"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing of its own."""
    parser.epilog = "examples:\n  ringfence outdated\n\nEnds with 1 where anything is outdated or was withdrawn.\n"


def run(args: argparse.Namespace) -> int:
    """Ask the indexes."""
    from packaging.version import Version

    from ringfence.cli.install import open_client
    from ringfence.errors import NotInIndex
    from ringfence.gate.state import state_dir
    from ringfence.index.offline import withdrawn
    from ringfence.plugins import installed

    found = []
    for one in installed.everything(state_dir()):
        with open_client(one.index) as client:
            newest = said = ""
            try:
                said = withdrawn(client, one)
                newest = client.record(one.name).newest(one.channel)
            except NotInIndex as error:
                said = said or error.message
        if said or (newest and Version(newest) > Version(one.version)):
            found.append({"name": one.name, "installed": one.version, "newest": newest, "withdrawn": said})
    if args.json:
        output.print_json(found)
    elif found:
        rows = [(e["name"], e["installed"], e["newest"] or "-", e["withdrawn"]) for e in found]
        print(output.table(rows, ("NAME", "INSTALLED", "NEWEST", "WITHDRAWN")))
    else:
        print("Everything that is installed is the newest.")
    return 1 if found else 0
