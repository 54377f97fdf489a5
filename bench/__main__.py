"""`python -m bench`: every benchmark, one table. Needs a machine that does nothing else."""

import argparse
import sys

from bench import advisories, audit, calls, containers, index, journal, secrets, site, terraform, validation, vetting

PARTS = {
    "audit": audit.run,
    "terraform": terraform.run,
    "advisories": advisories.run,
    "secrets": secrets.run,
    "site": site.run,
    "calls": calls.run,
    "containers": containers.run,
    "validation": validation.run,
    "vetting": vetting.run,
    "index": index.run,
    "journal": journal.run,
}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("part", nargs="*", metavar="PART", help=f"only these: {', '.join(PARTS)}")
    parser.add_argument("--smoke", action="store_true", help="run each a few times, to see that it still runs")
    chosen = parser.parse_args()
    if unknown := [name for name in chosen.part if name not in PARTS]:
        parser.error(f"there is no part {unknown[0]!r}: choose from {', '.join(PARTS)}")
    rows = []
    for name in chosen.part or PARTS:
        print(f"{name} ...", file=sys.stderr, flush=True)
        rows += PARTS[name](chosen.smoke)
    headers = ("what", "median", "p95", "beside", "ratio")
    widths = [max(len(row[i]) for row in [headers, *rows]) for i in range(5)]
    for row in [headers, *rows]:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


if __name__ == "__main__":
    main()
