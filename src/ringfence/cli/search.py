"""`ringfence search`: find plugins."""

import argparse

from ringfence.cli import output
from ringfence.cli.indexuse import chosen
from ringfence.cli.install import open_client


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Words, and which index."""
    parser.epilog = "examples:\n  ringfence search words\n  ringfence search pdf text --json\n"
    parser.add_argument("words", metavar="WORD", nargs="*", help="what its name, summary or publisher has to contain")
    parser.add_argument("--index", metavar="NAME", help="search only this one")


def run(args: argparse.Namespace) -> int:
    """Search."""
    found = []
    words = [word.casefold() for word in args.words]
    for name in chosen(args.index):
        with open_client(name) as client:
            for plugin, entry in sorted(client.catalogue().items()):
                text = f"{plugin} {entry['summary']} {entry['publisher']}".casefold()
                if all(word in text for word in words):
                    found.append({"name": plugin, "index": name, **entry})
    if args.json:
        output.print_json(found)
        return 0
    rows = [
        (
            e["name"],
            e["stable"] or f"({e['candidate'] or '-'})",
            e["publisher"],
            e["index"],
            output.plain(e["summary"][:80]),
        )
        for e in found
    ]
    print(output.table(rows, ("NAME", "VERSION", "PUBLISHER", "INDEX", "SUMMARY")) if rows else "Nothing was found.")
    if any(not e["stable"] and e["candidate"] for e in found):
        print("Versions in brackets have not been reviewed.")
    return 0
