"""`ringfence mirror`: copies of an index."""

import argparse
from pathlib import Path

from ringfence.cli import output

_EPILOG = """\
examples:
  ringfence mirror sync acme /srv/mirror
  ringfence mirror sync acme /srv/mirror --plugin word-count
  ringfence mirror export /srv/mirror acme-mirror.tar.gz
  ringfence mirror import acme-mirror.tar.gz /srv/mirror      (on the other side)
  ringfence index add acme file:///srv/mirror --root-fingerprint …

A mirror keeps the signatures of its index: use it with the same root, and it can add or change nothing.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """sync, export, import."""
    parser.epilog = _EPILOG
    what = parser.add_subparsers(dest="what", metavar="WHAT", required=True)
    sync = what.add_parser("sync", help="make a mirror, or bring it up to date")
    sync.add_argument("index", metavar="INDEX", help="an index that is used here")
    sync.add_argument("dir", metavar="DIR", help="the mirror's folder")
    sync.add_argument("--plugin", action="append", default=[], metavar="NAME", help="only this one (repeatable)")
    export = what.add_parser("export", help="put a mirror into one file")
    export.add_argument("dir", metavar="DIR")
    export.add_argument("file", metavar="FILE")
    bring = what.add_parser("import", help="unpack an exported mirror")
    bring.add_argument("file", metavar="FILE")
    bring.add_argument("dir", metavar="DIR")


def run(args: argparse.Namespace) -> int:
    """Do it."""
    from ringfence.index import mirror

    if args.what == "sync":
        from ringfence.cli.install import open_client, progress

        with open_client(args.index) as client:
            done = mirror.sync(client, Path(args.dir), args.plugin, progress)
        said = {"plugins": done.plugins, "releases": done.releases, "files": done.files, "bytes": done.bytes}
        text = f"{done.plugins} plugins with {done.releases} releases, {done.bytes:,} bytes in {args.dir}"
    elif args.what == "export":
        said = {"files": mirror.export(Path(args.dir), Path(args.file))}
        text = f"wrote {args.file}: {said['files']} files"
    else:
        said = {"files": mirror.import_(Path(args.file), Path(args.dir))}
        where = Path(args.dir).resolve().as_uri()
        text = f"{args.dir} holds {said['files']} files; use it with: ringfence index add NAME {where}"
    if args.json:
        output.print_json(said)
    else:
        print(text)
    return 0
