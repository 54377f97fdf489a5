"""`ringfence grant`: allow methods of a plugin, and what they may reach."""

import argparse
from typing import TYPE_CHECKING

from ringfence.cli import output
from ringfence.errors import UsageError

if TYPE_CHECKING:
    from ringfence.gate.granting import Granted

_EPILOG = """\
examples:
  ringfence grant ./plugins/pip-inspect --method requirements --read requirements=./project
  ringfence grant ./plugins/text-report==1.0.0 --method build --method verify \\
      --read documents=/srv/docs --write out=/srv/reports --secret signing_key=env:SIGNING_KEY
  ringfence grant ./plugins/fetcher --method get --net api.example.com:443 --memory 128MiB

A grant pins the hash of the plugin's files: a changed plugin is refused until it is granted again.
Only what the plugin's manifest asks for can be granted, and what is not granted does not exist for it.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """PLUGIN[==VERSION] and what is granted."""
    parser.epilog = _EPILOG
    parser.add_argument(
        "plugin",
        metavar="PLUGIN",
        help="folder of the plugin, or the name of one that is installed or was granted before",
    )
    grant_arguments(parser)


def grant_arguments(parser: "argparse._ActionsContainer") -> None:
    """What is granted."""
    add = parser.add_argument
    add("--method", action="append", default=[], metavar="M", help="allow this method (repeatable)")
    add("--all-methods", action="store_true", help="allow every method that the manifest names now")
    add("--read", action="append", default=[], metavar="NAME=PATH", help="a path it may read")
    add("--write", action="append", default=[], metavar="NAME=PATH", help="a path it may read and change")
    add("--net", action="append", default=[], metavar="HOST:PORT", help="a destination it may reach")
    add("--secret", action="append", default=[], metavar="NAME=SOURCE", help="env:NAME, file:PATH or command:PROGRAM")
    add("--memory", metavar="SIZE", help="such as 256MiB")
    add("--scratch", metavar="SIZE", help="size of /tmp, and of one written file")
    add("--output", metavar="SIZE", help="stdout and stderr together")
    add("--cpu-seconds", type=int, metavar="N", help="processor time of one call")
    add("--cores", type=float, metavar="N", help="processors at a time, such as 0.5 or 2")
    add("--cell", choices=("bubblewrap", "prefork", "container"), help="kind of cell that its calls run in")
    add("--processes", type=int, metavar="N", help="processes and threads at a time")


def run(args: argparse.Namespace) -> int:
    """Write the grant and say what it allows."""
    done = grant_folder(args, args.plugin)
    if args.json:
        output.print_json(done.as_dict())
        return 0
    print(f"Granted {done.plugin} {done.version} ({', '.join(done.methods)}) in {done.config}.")
    for note in done.notes:
        print(f"note: {note}")
    return 0


def wants_grant(args: argparse.Namespace) -> bool:
    """Whether any option of a grant was given."""
    texts = (args.method, args.all_methods, args.read, args.write, args.net, args.secret, args.memory, args.scratch)
    return any((*texts, args.output, args.cpu_seconds, args.cores, args.processes))


def grant_folder(args: argparse.Namespace, plugin: object) -> "Granted":
    """Grant a plugin what the options say."""
    from ringfence.gate.granting import Wanted, grant

    wanted = Wanted(
        plugin=str(plugin),
        methods=tuple(args.method),
        all_methods=args.all_methods,
        read=_pairs("--read", args.read),
        write=_pairs("--write", args.write),
        secrets=_pairs("--secret", args.secret),
        network=tuple(args.net),
        limits={
            "memory": args.memory,
            "scratch": args.scratch,
            "output": args.output,
            "cpu_seconds": args.cpu_seconds,
            "cpu_millis": None if args.cores is None else round(args.cores * 1000),
            "processes": args.processes,
        },
        cell=args.cell,
    )
    return grant(args.config, wanted)


def _pairs(option: str, values: list[str]) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for value in values:
        name, equals, rest = value.partition("=")
        if not equals or not name or not rest:
            # The value is not repeated: for --secret it may be the secret itself.
            raise UsageError(f"{option} takes NAME=VALUE", hint="see 'ringfence grant --help'")
        if name in pairs:
            raise UsageError(f"{option} names {name!r} twice")
        pairs[name] = rest
    return pairs
