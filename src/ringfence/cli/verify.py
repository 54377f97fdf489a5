"""`ringfence verify`: installed plugins against what was signed."""

import argparse

from ringfence.cli import output

_EPILOG = """\
examples:
  ringfence verify
  ringfence verify word-count --online

Without --online no network is used: files are held against the signatures kept when they were installed, and what
has run out since is said. With --online the index is asked too whether the release was withdrawn.
Ends with 41 where anything is wrong.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which, and how far."""
    parser.epilog = _EPILOG
    parser.add_argument("plugins", metavar="NAME", nargs="*", help="which (default: all)")
    parser.add_argument("--online", action="store_true", help="ask the index too")


def run(args: argparse.Namespace) -> int:
    """Verify."""
    from ringfence.cli.indexuse import folder_of_indexes
    from ringfence.errors import IndexUntrusted
    from ringfence.gate.state import state_dir
    from ringfence.index import client, offline
    from ringfence.index.repository import utc_now
    from ringfence.plugins import installed

    state = state_dir()
    for name in args.plugins:
        installed.need(state, name)
    pinned = {each.name: each.root for each in client.sources(folder_of_indexes())}
    found = []
    for one in installed.everything(state):
        if args.plugins and one.name not in args.plugins:
            continue
        checked = offline.check(one, utc_now(), pinned.get(one.index))
        wrong, notes = checked.wrong, list(checked.notes)
        if args.online and not wrong:
            wrong = _asked(one)
        found.append({"name": one.name, "version": one.version, "ok": not wrong, "wrong": wrong, "notes": notes})
    bad = any(not each["ok"] for each in found)
    if args.json:
        output.print_json(found)
    else:
        for each in found:
            word = (
                output.style("good", "good")
                if each["ok"]
                else output.style(f"WRONG: {output.plain(str(each['wrong']))}", "bad")
            )
            print(f"{each['name']} {each['version']}: {word}")
            for note in each["notes"] if isinstance(each["notes"], list) else []:
                print(f"    {note}")
        if not found:
            print("Nothing is installed.")
    return IndexUntrusted.exit_code if bad else 0


def _asked(one: "object") -> str:
    from ringfence.cli.install import open_client
    from ringfence.errors import NotInIndex
    from ringfence.index.offline import withdrawn

    try:
        with open_client(one.index) as client:  # type: ignore[attr-defined]
            return withdrawn(client, one)  # type: ignore[arg-type]
    except NotInIndex as error:
        return error.message
