"""`ringfence plugin`: make, check and describe a plugin."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ringfence.plugins.problem import Problem

_EPILOG = """\
examples:
  ringfence plugin init word-count
  ringfence plugin check word-count
  ringfence plugin schema word-count
  ringfence plugin vendor word-count
  ringfence plugin pack word-count
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """init, check, schema, vendor, pack."""
    parser.epilog = _EPILOG
    what = parser.add_subparsers(dest="what", metavar="WHAT", required=True)
    init = what.add_parser("init", help="write a working plugin with a test")
    init.add_argument("dir", metavar="NAME", help="folder to make; its last part is the plugin's name")
    init.add_argument("--async", action="store_true", dest="asynchronous", help="with an asynchronous method")
    for name, text in (
        ("check", "say everything that is wrong with a plugin, with file and line"),
        ("schema", "derive the schemas of its methods from their type hints, without importing it"),
        ("vendor", "install the packages of its requirements.lock into vendor/, by hash"),
    ):
        command = what.add_parser(name, help=text)
        command.add_argument("dir", metavar="DIR", help="the plugin's folder")
    pack = what.add_parser("pack", help="pack a plugin into one file: the same tree gives the same bytes")
    pack.add_argument("dir", metavar="DIR", help="the plugin's folder")
    pack.add_argument("--output", metavar="FILE", help="(default: NAME-VERSION.tar.gz here)")


def run(args: argparse.Namespace) -> int:
    """Do what was asked for."""
    folder = Path(args.dir)
    if args.what == "init":
        return _init(folder, args)
    if not folder.is_dir():
        from ringfence.errors import UsageError

        raise UsageError(f"there is no folder {args.dir!r}")
    if args.what == "pack":
        return _pack(folder, args)
    return {"check": _check, "schema": _schema, "vendor": _vendor}[args.what](folder, args.json)


def _init(folder: Path, args: argparse.Namespace) -> int:
    from ringfence.cli import output
    from ringfence.plugins.scaffold import init

    files = init(Path(folder).absolute(), asynchronous=args.asynchronous)
    if args.json:
        output.print_json([str(f) for f in files])
        return 0
    print("\n".join(f"wrote {f}" for f in files))
    print(f"next: ringfence plugin check {folder} && ringfence grant {folder} --method count")
    return 0


def _check(folder: Path, as_json: bool) -> int:
    from ringfence.cli import output
    from ringfence.errors import InvalidPlugin
    from ringfence.plugins.check import check
    from ringfence.plugins.problem import Weight

    found = check(folder)
    bad = any(problem.severity is Weight.ERROR for problem in found)
    if as_json:
        output.print_json({"ok": not bad, "problems": [_as_dict(p) for p in found]})
    else:
        for problem in found:
            kind = output.style(problem.severity.value, "bad" if problem.severity is Weight.ERROR else "warn")
            print(f"{problem.place}: {kind}: {output.plain(problem.message)}")
            if problem.hint:
                print(f"    hint: {output.plain(problem.hint)}")
        print("This plugin cannot be granted as it is." if bad else output.style("Nothing is wrong.", "good"))
    return InvalidPlugin.exit_code if bad else 0


def _as_dict(problem: "Problem") -> dict[str, object]:
    from dataclasses import asdict

    return asdict(problem)


def _schema(folder: Path, as_json: bool) -> int:
    from dataclasses import asdict

    from ringfence.cli import output
    from ringfence.plugins.derive import as_toml, derive

    found = derive(folder)
    if as_json:
        output.print_json([asdict(each) for each in found])
    else:
        print(as_toml(found), end="")
    return 0


def _pack(folder: Path, args: argparse.Namespace) -> int:
    from ringfence.cli import output
    from ringfence.plugins.archive import SUFFIX, pack
    from ringfence.plugins.manifest import load_manifest

    manifest = load_manifest(folder)
    target = Path(args.output or f"{manifest.name}-{manifest.version}{SUFFIX}")
    done = pack(folder, target)
    if args.json:
        output.print_json({"file": str(target), "digest": done.digest, "length": done.length, "tree": done.tree.digest})
    else:
        print(f"wrote {target}: {len(done.tree.files)} files, {done.length:,} bytes, {done.digest}")
    return 0


def _vendor(folder: Path, as_json: bool) -> int:
    from ringfence.cli import output
    from ringfence.plugins.vendor import vendor

    names = vendor(folder)
    if as_json:
        output.print_json({"vendored": names})
    else:
        print(f"Vendored {', '.join(names) or 'nothing'} into {folder / 'vendor'}.")
    return 0
