"""`ringfence index add|remove|list`: the indexes that plugins are installed from."""

import argparse
from pathlib import Path

from ringfence.cli import output
from ringfence.errors import UsageError


def arguments(name: str, command: argparse.ArgumentParser) -> None:
    """The options of one of these."""
    if name == "list":
        return
    command.add_argument("name", metavar="NAME", help="what it is called here")
    if name == "add":
        command.add_argument("url", metavar="URL", help="https: or file: address of the index")
        trust = command.add_mutually_exclusive_group(required=True)
        trust.add_argument(
            "--root-fingerprint", metavar="VERSION:SHA256", help="of its root, as its maintainers tell it elsewhere"
        )
        trust.add_argument(
            "--trust-on-first-use",
            action="store_true",
            help="trust the root that comes: safe only if nobody is between",
        )


def run(args: argparse.Namespace) -> int:
    """Do it."""
    from ringfence.index import client

    folder = folder_of_indexes()
    if args.what == "list":
        return _list(folder, args.json)
    if args.what == "remove":
        client.remove(folder, args.name)
        print(f"{args.name} is no longer used. What was installed from it stays.")
        return 0
    url = args.url
    if "://" not in url and not url.startswith("file:"):
        place = Path(url).resolve()
        url = (place / "public" if (place / "public").is_dir() else place).as_uri()
    if args.trust_on_first_use:
        output.warn("the first root that comes is trusted: whoever is between you and the index can choose it")
    source = client.add(folder, args.name, url, args.root_fingerprint)
    if args.json:
        output.print_json({"name": source.name, "url": source.url, "root": source.root})
    else:
        print(f"{source.name} is at {source.url}, root {source.root}")
    return 0


def _list(folder: Path, as_json: bool) -> int:
    from ringfence.index import client

    found = client.sources(folder)
    if as_json:
        output.print_json([{"name": each.name, "url": each.url, "root": each.root} for each in found])
    elif found:
        print(output.table([(each.name, each.url, each.root[:20] + "…") for each in found], ("NAME", "URL", "ROOT")))
    else:
        print("No index is used here. `ringfence index add NAME URL --root-fingerprint …` adds one.")
    return 0


def folder_of_indexes() -> Path:
    """Where the indexes that are used here are kept."""
    from ringfence.gate.state import state_dir

    return state_dir() / "indexes"


def chosen(name: str | None) -> list[str]:
    """The index that was named, or all. Raises UsageError where there is none."""
    from ringfence.index import client

    known = [each.name for each in client.sources(folder_of_indexes())]
    if not known:
        raise UsageError("no index is used here", hint="ringfence index add NAME URL --root-fingerprint …")
    if name is not None and name not in known:
        raise UsageError(f"there is no index {name!r}", hint=f"there are: {', '.join(known)}")
    return [name] if name is not None else known
