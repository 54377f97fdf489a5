"""`ringfence index tuf-client`: TUF's client alone, as conformance suites drive it (tuf-conformance's CLIENT-CLI).

    ringfence index tuf-client --metadata-dir M init TRUSTED_ROOT
    ringfence index tuf-client --metadata-dir M --metadata-url U refresh
    ringfence index tuf-client --metadata-dir M --metadata-url U --target-dir T --target-base-url B \\
        --target-name N download

It ends with 0 on success and with 1 on everything else, as that protocol asks for.
"""

import argparse
import contextlib
import sys
from pathlib import Path

from ringfence.cli import output


def arguments(_: str, command: argparse.ArgumentParser) -> None:
    """What the suite's protocol has."""
    command.epilog = __doc__
    command.formatter_class = argparse.RawDescriptionHelpFormatter
    add = command.add_argument
    add("--metadata-dir", required=True, metavar="DIR", help="where trusted metadata is kept")
    add("--metadata-url", metavar="URL", help="of the repository's metadata")
    add("--target-name", metavar="PATH", help="the target to download")
    add("--target-dir", metavar="DIR", help="where to put it")
    add("--target-base-url", metavar="URL", help="of the repository's targets")
    add("operation", choices=("init", "refresh", "download"))
    add("trusted_root", nargs="?", metavar="TRUSTED_ROOT", help="for init: the root to trust")


def run(args: argparse.Namespace) -> int:
    """Do one operation."""
    from ringfence.errors import RingfenceError

    try:
        return _done(args)
    except RingfenceError as error:
        print(f"ringfence: {output.plain(error.message)}", file=sys.stderr)
        return 1


def _done(args: argparse.Namespace) -> int:
    from ringfence.errors import UsageError
    from ringfence.index import files
    from ringfence.index.client import told

    folder = Path(args.metadata_dir)
    if args.operation == "init":
        if not args.trusted_root:
            raise UsageError("init takes the trusted root's file")
        with told(args.trusted_root):
            data = files.read(Path(args.trusted_root), 512_000)
            from tuf.api.metadata import Metadata, Root
            from tuf.ngclient import Updater

            Metadata[Root].from_bytes(data)
            folder.mkdir(parents=True, exist_ok=True)
            Updater(str(folder), "https://unused.invalid/", bootstrap=data)
        return 0
    if not args.metadata_url:
        raise UsageError("--metadata-url is missing")
    from tuf.ngclient import Updater

    from ringfence.index.fetch import Fetcher, check_url

    fetcher = Fetcher()
    with files.locked(folder / ".lock", str(folder)), contextlib.closing(fetcher), told(args.metadata_url):
        updater = Updater(
            metadata_dir=str(folder),
            metadata_base_url=check_url(args.metadata_url),
            target_dir=args.target_dir,
            target_base_url=check_url(args.target_base_url) if args.target_base_url else None,
            fetcher=fetcher,
            bootstrap=None,
        )
        updater.refresh()
        if args.operation == "download":
            return _download(updater, args)
    return 0


def _download(updater: object, args: argparse.Namespace) -> int:
    from ringfence.errors import NotInIndex, UsageError

    if not (args.target_name and args.target_dir and args.target_base_url):
        raise UsageError("download takes --target-name, --target-dir and --target-base-url")
    target = updater.get_targetinfo(args.target_name)  # type: ignore[attr-defined]
    if target is None:
        raise NotInIndex(f"the repository has no target {args.target_name!r}")
    Path(args.target_dir).mkdir(parents=True, exist_ok=True)
    if updater.find_cached_target(target) is None:  # type: ignore[attr-defined]
        updater.download_target(target)  # type: ignore[attr-defined]
    return 0
