"""`ringfence controls`: the catalogue as a table, one control's page, and the matrix of results."""

import argparse
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ringfence.controls.control import Control
    from ringfence.controls.matrix import Matrix

_EPILOG = """\
examples:
  ringfence controls                     every control, its severity and what holds
  ringfence controls no-new-privileges   why it is there, a bad and a good example
  ringfence controls --matrix            controls x places, from the tests' own results
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command line."""
    parser.epilog = _EPILOG
    one_of = parser.add_mutually_exclusive_group()
    one_of.add_argument("id", nargs="?", metavar="ID", help="show this control's page")
    one_of.add_argument("--matrix", action="store_true", help="show where each control's attack was stopped")
    one_of.add_argument("--write-pages", metavar="DIR", help="write every control's page as Markdown into DIR")
    one_of.add_argument("--write-site", metavar="DIR", help="write a site of static HTML pages into DIR")


def run(args: argparse.Namespace) -> int:
    """Print what was asked for. Raises UsageError for an unknown id, ConfigError for a missing matrix."""
    if args.write_pages is not None:
        _write_pages(args.write_pages, as_json=args.json)
    elif args.write_site is not None:
        _write_site(args.write_site, as_json=args.json)
    elif args.matrix:
        _show_matrix(as_json=args.json)
    elif args.id is not None:
        _show_page(args.id, as_json=args.json)
    else:
        _show_table(as_json=args.json)
    return 0


def _show_table(*, as_json: bool) -> None:
    from ringfence.cli import output
    from ringfence.controls import CONTROLS, POLICY

    if as_json:
        output.print_json({"policy": POLICY, "controls": [_facts(control) for control in CONTROLS]})
    else:
        rows = [(control.id, control.severity.value, control.title) for control in CONTROLS]
        print(output.table(rows, ("control", "severity", "what holds")))


def _show_page(name: str, *, as_json: bool) -> None:
    from ringfence.cli import output
    from ringfence.controls.page import page, plain

    control = _find(name)
    if as_json:
        said = page(control)
        examples = [{"good": one.good, "scope": one.scope, "text": one.text} for one in said.examples]
        output.print_json(_facts(control) | {"why": said.why, "examples": examples})
    else:
        print(plain(control), end="")


def _show_matrix(*, as_json: bool) -> None:
    from ringfence.cli import output
    from ringfence.controls.matrix import shipped

    matrix = shipped()
    rows = _rows(matrix)
    if as_json:
        results = {row[0]: dict(zip(matrix.places, row[1:], strict=True)) for row in rows}
        output.print_json({"policy": matrix.policy, "places": list(matrix.places), "results": results})
    else:
        shown = [(str(row[0]), *map(_cell, row[1:], _judged(str(row[0]), matrix.places))) for row in rows]
        print(output.table(shown, ("control", *matrix.places)))


def _judged(id: str, places: "tuple[str, ...]") -> list[bool]:
    """Whether a control says anything about each place: cells are a plugin's, files their own."""
    from ringfence.controls import CATALOGUE
    from ringfence.controls.control import Scope

    files = set(Scope) - {Scope.PLUGIN}
    return [(place if place in files else Scope.PLUGIN) in CATALOGUE[id] for place in places]


def _cell(verdict: str | None, judged: bool) -> str:
    return verdict or ("no result" if judged else "-")


def _rows(matrix: "Matrix") -> list[tuple[str | None, ...]]:
    """One row a control: its id and the verdict at every place, None where no test reported."""
    from ringfence.controls import CONTROLS

    return [(one.id, *(matrix.of(one.id, place) for place in matrix.places)) for one in CONTROLS]


def _write_pages(folder: str, *, as_json: bool) -> None:
    from ringfence.controls import CONTROLS
    from ringfence.controls.page import pages

    _write(folder, pages(CONTROLS), as_json=as_json)


def _write_site(folder: str, *, as_json: bool) -> None:
    from ringfence.cli.controlsite import site
    from ringfence.controls import CONTROLS
    from ringfence.controls.matrix import shipped

    _write(folder, site(CONTROLS, shipped()), as_json=as_json)


def _write(folder: str, files: dict[str, str], *, as_json: bool) -> None:
    from ringfence.cli import output
    from ringfence.errors import UsageError

    try:
        os.makedirs(folder, exist_ok=True)
        for name, text in files.items():
            with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                file.write(text)
    except OSError as error:
        raise UsageError(f"cannot write the pages into {folder}: {error.strerror}") from None
    if as_json:
        output.print_json({"folder": folder, "written": sorted(files)})
    else:
        print(f"{len(files)} pages written into {folder}")


def _find(name: str) -> "Control":
    from ringfence.audit.select import check_id
    from ringfence.controls import load

    check_id(name)
    return load(name)


def _facts(control: "Control") -> dict[str, object]:
    return {
        "id": control.id,
        "title": control.title,
        "severity": control.severity.value,
        "since": control.since,
        "scopes": sorted(control.scopes),
        "guards": list(control.guards),
        "unsafe_fix": control.unsafe_fix,
        "profiles": sorted(control.standards),
        "references": [{"title": one.title, "url": one.url} for one in control.references],
    }
