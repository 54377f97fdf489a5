"""`python -m bench`: every benchmark, one table. `--smoke` runs each a few times, to see that it still runs."""

import sys

from bench import calls, journal, validation


def main() -> None:
    """Print the table."""
    smoke = "--smoke" in sys.argv
    rows = [*calls.run(smoke), *validation.run(smoke), *journal.run()]
    headers = ("what", "median", "p95", "beside", "ratio")
    widths = [max(len(row[i]) for row in [headers, *rows]) for i in range(5)]
    for row in [headers, *rows]:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


if __name__ == "__main__":
    main()
