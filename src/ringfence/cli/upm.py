"""`ringfence upm`: the older form of a call, unchanged for its callers, sandboxed all the same."""

import argparse

from ringfence.cli import run as run_command

begin = run_command.begin
refused = run_command.refused
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
    parser.add_argument("--cell", choices=run_command.CELLS)
    run_command.add_runtime(parser)


def run(args: argparse.Namespace) -> int:
    """Call and print the envelope."""
    from ringfence.gate.upm import finder

    return run_command.answer(args, finder())
