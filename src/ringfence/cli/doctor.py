"""`ringfence doctor`: what this machine can isolate."""

import argparse

from ringfence.cli import output


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """--try makes a cell of each kind."""
    parser.epilog = "exit code 8 where calls would be refused on this machine"


def run(args: argparse.Namespace) -> int:
    """Print the facts; 8 where a wall is missing."""
    from dataclasses import asdict

    from ringfence.cells.machine import facts
    from ringfence.errors import SandboxUnavailable

    found = facts()
    usable = all(fact.ok is not False for fact in found)
    if args.json:
        output.print_json({"usable": usable, "facts": [asdict(fact) for fact in found]})
    else:
        marks = {True: output.style("yes ", "good"), False: output.style("NO  ", "bad"), None: "note"}
        for fact in found:
            print(f"{marks[fact.ok]}  {fact.name:<16}  {fact.found}")
            if fact.follows:
                print(f"      {'':<16}  -> {fact.follows}")
        print("Calls run here in the bubblewrap cell." if usable else "Calls are refused on this machine.")
    return 0 if usable else SandboxUnavailable.exit_code
