"""`ringfence uninstall`: remove an installed plugin."""

import argparse

from ringfence.cli import output


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which."""
    parser.epilog = "examples:\n  ringfence uninstall word-count\n  ringfence uninstall word-count==1.0.0\n"
    parser.add_argument("plugins", metavar="NAME[==VERSION]", nargs="+", help="all its versions, or one")


def run(args: argparse.Namespace) -> int:
    """Remove. A grant stays until it is revoked, and allows nothing any more."""
    from ringfence.gate.state import state_dir
    from ringfence.index import files
    from ringfence.index.install import check_name
    from ringfence.plugins import installed

    state = state_dir()
    gone = []
    with files.locked(installed.root(state) / ".lock", "the folder of installed plugins"):
        for each in args.plugins:
            name, version = check_name(each)
            installed.need(state, name, version)
            for one in installed.everything(state):
                if one.name == name and version in (None, one.version):
                    installed.remove(one)
                    gone.append(one)
    if args.json:
        output.print_json([each.as_dict() for each in gone])
        return 0
    for one in gone:
        print(f"removed {one.name} {one.version}")
    return 0
