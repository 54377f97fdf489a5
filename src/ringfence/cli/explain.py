"""`ringfence explain`: the isolation of a call, before it is made."""

import argparse
import shlex

from ringfence.cli import output
from ringfence.cli.run import CELLS, add_runtime


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """PLUGIN METHOD."""
    parser.epilog = "example: ringfence explain pip-inspect requirements --plan"
    parser.add_argument("plugin", metavar="PLUGIN")
    parser.add_argument("method", metavar="METHOD")
    parser.add_argument("--cell", choices=CELLS)
    add_runtime(parser)
    parser.add_argument(
        "--plan", action="store_true", help="also show each wall as bubblewrap, or the container engine, is told of it"
    )


def run(args: argparse.Namespace) -> int:
    """Print the profile, and the plan where it is asked for."""
    from ringfence.cells.plan import Plan
    from ringfence.formats import profile
    from ringfence.gate.gate import Gate

    with Gate(args.config, cell=args.cell, runtime=args.runtime) as gate:
        text = profile.dump(gate.profile(args.plugin, args.method))
        plan = gate.plan(args.plugin, args.method)
    assert isinstance(plan, Plan)  # noqa: S101
    if args.json:
        steps = [{"wall": s.wall, "arguments": list(s.arguments)} for s in plan.steps]
        output.print_json({"profile": text, "plan": steps})
        return 0
    print(text.rstrip())
    if args.plan:
        print()
        for step in plan.steps:
            print(f"# {step.wall}: {shlex.join(step.arguments)}")
    return 0
