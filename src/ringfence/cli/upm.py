"""`ringfence upm`: the older form of a call, unchanged for its callers, sandboxed all the same."""

import argparse

from ringfence.cli import run as run_command

HELP = "call a plugin of the older form, from upm_config.json"

_EPILOG = """\
example:
  ringfence upm PipPlugin install '{"args": ["requests"], "kwargs": {}}'

The allow-list is upm_config.json ($UPM_CONFIG_PATH, else the working directory):
  {"plugins": {"PipPlugin": {"module": "pip_plugin", "allowed_methods": ["install"]}}}
An optional "schemas" maps a method to a JSON Schema for the whole {"args", "kwargs"} object.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """CLASS METHOD ARGS."""
    parser.epilog = _EPILOG
    parser.add_argument("plugin", metavar="CLASS", help="the plugin's class, as upm_config.json names it")
    parser.add_argument("method", metavar="METHOD")
    parser.add_argument("arguments", metavar="ARGS", nargs="?", default="{}", help='{"args": […], "kwargs": {…}}')
    parser.add_argument("--cell", choices=run_command.CELLS, default="bubblewrap")


def run(args: argparse.Namespace) -> int:
    """Call and print the envelope."""
    from ringfence.gate.call import Request, this_process
    from ringfence.gate.gate import Gate
    from ringfence.gate.upm import finder

    raw = run_command.read_arguments(args.arguments)
    request = Request(plugin=args.plugin, method=args.method, arguments=raw, caller=this_process("cli"))
    with Gate(args.config, cell=args.cell) as gate:
        answer = gate.answer(request, finder())
    run_command.print_envelope(answer.body)
    return answer.exit_code
