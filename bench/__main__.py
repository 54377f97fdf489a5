"""`python -m bench`: every benchmark, one table; names (`audit`, `calls`, …) choose some.

`--smoke` runs each a few times, to see that it still runs.
"""

import sys

from bench import advisories, audit, calls, containers, index, journal, secrets, site, terraform, validation, vetting


def main() -> None:
    """Print the table."""
    smoke = "--smoke" in sys.argv
    parts = {
        "audit": lambda: audit.run(smoke),
        "terraform": lambda: terraform.run(smoke),
        "advisories": lambda: advisories.run(smoke),
        "secrets": lambda: secrets.run(smoke),
        "site": lambda: site.run(smoke),
        "calls": lambda: calls.run(smoke),
        "containers": lambda: containers.run(smoke),
        "validation": lambda: validation.run(smoke),
        "vetting": lambda: vetting.run(smoke),
        "index": lambda: index.run(smoke),
        "journal": lambda: journal.run(),
    }
    chosen = [word for word in sys.argv[1:] if not word.startswith("-")] or list(parts)
    rows = [row for name in chosen for row in parts[name]()]
    headers = ("what", "median", "p95", "beside", "ratio")
    widths = [max(len(row[i]) for row in [headers, *rows]) for i in range(5)]
    for row in [headers, *rows]:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


if __name__ == "__main__":
    main()
