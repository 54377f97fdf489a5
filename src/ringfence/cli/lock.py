"""`ringfence lock`: exactly what is installed, in a file."""

import argparse

from ringfence.cli import output


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which, and where to."""
    parser.epilog = "examples:\n  ringfence lock\n  ringfence lock word-count --output plugins.lock\n"
    parser.add_argument("plugins", metavar="NAME", nargs="*", help="which (default: all)")
    parser.add_argument(
        "--output", metavar="FILE", default="ringfence.lock", help="(default: ringfence.lock; - prints it)"
    )


def run(args: argparse.Namespace) -> int:
    """Write it."""
    from ringfence.gate.state import state_dir
    from ringfence.index import lockfile
    from ringfence.plugins import installed

    state = state_dir()
    for name in args.plugins:
        installed.need(state, name)
    chosen = [each for each in installed.everything(state) if not args.plugins or each.name in args.plugins]
    text = lockfile.text(sorted(chosen, key=lambda each: (each.name, each.version)))
    if args.output == "-":
        print(text, end="")
        return 0
    output.write_file(args.output, text)
    if args.json:
        output.print_json({"file": args.output, "plugins": len(chosen)})
    else:
        print(f"wrote {args.output}: {len(chosen)} plugins")
    return 0
