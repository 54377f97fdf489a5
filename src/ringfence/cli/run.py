"""`ringfence run`: one call, one envelope on standard output."""

import argparse
import sys

from ringfence.cli import output

TYPE_CHECKING = False
if TYPE_CHECKING:  # as typing has it, without its cost
    from collections.abc import Callable

    from ringfence.errors import RingfenceError
    from ringfence.gate.call import Target
    from ringfence.plugins.workerstart import Started

CELLS = ("bubblewrap", "prefork", "container", "subprocess")

_EPILOG = """\
examples:
  ringfence run pip-inspect requirements '{"file": "requirements.txt"}'
  ringfence run text-report build - < arguments.json
  ringfence run text-report==1.0.0 version

The answer is one JSON object on standard output, whatever happens; the exit code is 0 only on success.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """PLUGIN METHOD [ARGS]."""
    parser.epilog = _EPILOG
    parser.add_argument("plugin", metavar="PLUGIN", help="name of a granted plugin, or NAME==VERSION")
    parser.add_argument("method", metavar="METHOD", help="a granted method")
    parser.add_argument("arguments", metavar="ARGS", nargs="?", default="{}", help="a JSON object, or - to read it")
    parser.add_argument(
        "--cell",
        choices=CELLS,
        help="kind of cell (default: the grant's, else bubblewrap); 'subprocess' gives up isolation, and only limits "
        "remain",
    )
    add_runtime(parser)


def add_runtime(parser: argparse.ArgumentParser) -> None:
    """The option of every command that makes container cells."""
    parser.add_argument("--runtime", metavar="NAME", help="OCI runtime for container cells, such as runc or crun")


def begin() -> "Started":
    """Before the words are even parsed: the process that checks schemas gets ready while everything else loads.

    Where there is nothing to check after all, it ends with this process.
    """
    from ringfence.plugins import workerstart

    return workerstart.start()


def refused(error: "RingfenceError") -> None:
    """The envelope of a command line that asks for no call."""
    from ringfence.gate.call import new_id
    from ringfence.gate.envelope import refusal

    print_envelope(refusal(new_id(), error).body)


def run(args: argparse.Namespace) -> int:
    """Call and print the envelope."""
    return answer(args, None)


def answer(args: argparse.Namespace, find: "Callable[[str, str], Target] | None") -> int:
    """One request, resolved by `find` (else by the grants); its envelope is printed whatever happens."""
    from ringfence.errors import RingfenceError
    from ringfence.gate.call import Request, this_process
    from ringfence.gate.gate import Gate, as_defect, refuse_without_gate
    from ringfence.plugins.validator import SchemaValidator

    validator = SchemaValidator(workers=1, started=args.begun)
    if args.cell == "subprocess":
        output.warn("the subprocess cell isolates nothing: the plugin can do whatever this user can")
    raw = read_arguments(args.arguments)
    request = Request(plugin=args.plugin, method=args.method, arguments=raw, caller=this_process("cli"))
    try:
        gate = Gate(args.config, cell=args.cell, runtime=args.runtime, validator=validator)
    except Exception as error:
        validator.close()
        given = refuse_without_gate(request, error if isinstance(error, RingfenceError) else as_defect(error))
        print_envelope(given.body)
        return given.exit_code
    try:
        given = gate.answer(request, find or gate.find, _asked_to_stop())
        print_envelope(given.body)
        sys.stdout.flush()
        match given.body["data"]:
            case {"isolation": {"unexamined": str(unexamined)}}:
                output.warn(unexamined)
    finally:
        # Both records are durable by now; what closing may still do is sign them.
        try:
            gate.close()
        except RingfenceError as error:
            output.warn(error.message)
    return given.exit_code


def _asked_to_stop() -> "Callable[[], bool]":
    """Whether this process was told to end: then the call is taken back, on record. Told twice, it ends at once."""
    import signal

    told: list[int] = []

    def note(number: int, _: object) -> None:
        told.append(number)
        signal.signal(number, signal.SIG_DFL)

    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        if signal.getsignal(number) is not signal.SIG_IGN:  # as under nohup
            signal.signal(number, note)
    return lambda: bool(told)


def read_arguments(text: str) -> bytes:
    """ARGS as bytes; from standard input, bounded, where it is `-`."""
    if text != "-":
        return text.encode("utf-8", "surrogateescape")
    from ringfence.gate.gate import ARGUMENT_LIMITS

    return sys.stdin.buffer.read(ARGUMENT_LIMITS.max_bytes + 1)


def print_envelope(body: object) -> None:
    """The envelope: for people on a terminal indented, for programs on one line."""
    import json

    indent = 2 if sys.stdout.isatty() else None
    print(json.dumps(body, indent=indent, allow_nan=False))
