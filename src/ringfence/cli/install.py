"""`ringfence install`: a reviewed, signed plugin from an index; and, only where it is said, a grant."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ringfence.cli import grant, output
from ringfence.errors import UsageError

if TYPE_CHECKING:
    from ringfence.index.client import Client, Source
    from ringfence.index.install import Fetched
    from ringfence.plugins.installed import Installed

_EPILOG = """\
examples:
  ringfence install word-count
  ringfence install word-count==1.2.0 --method count --read texts=/srv/texts
  ringfence install --locked

Installing runs nothing of the plugin and grants nothing. What it asks for is shown; the options of `ringfence grant`
grant what you say, in the same step. A release that nobody reviewed needs --channel candidate.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to install, from where, and what to grant."""
    parser.epilog = _EPILOG
    parser.add_argument("plugins", metavar="NAME[==VERSION]", nargs="*", help="what to install")
    index_arguments(parser)
    parser.add_argument("--dry-run", action="store_true", help="verify and show it, and install nothing")
    parser.add_argument(
        "--locked",
        metavar="FILE",
        nargs="?",
        const="ringfence.lock",
        help="install exactly what FILE says (ringfence.lock)",
    )
    grant.grant_arguments(parser.add_argument_group("grant, for a single plugin"))


def index_arguments(parser: argparse.ArgumentParser) -> None:
    """Which index and channel."""
    parser.add_argument("--index", metavar="NAME", help="the index to ask (default: the one that has it)")
    parser.add_argument(
        "--channel", choices=("stable", "candidate"), default="stable", help="candidate: also what nobody reviewed yet"
    )


def run(args: argparse.Namespace) -> int:
    """Install."""
    from ringfence.index.install import check_name

    if args.locked:
        if args.plugins or grant.wants_grant(args):
            raise UsageError("--locked installs what the lock file says, and grants nothing")
        return _locked(args)
    if not args.plugins:
        raise UsageError("what is to be installed?", hint="ringfence search finds plugins")
    if len(args.plugins) > 1 and grant.wants_grant(args):
        raise UsageError("a grant is for one plugin at a time")
    wanted = [check_name(each) for each in args.plugins]
    done = [one(name, version, args.index, args.channel, dry_run=args.dry_run) for name, version in wanted]
    granted = grant.grant_folder(args, done[0].folder) if grant.wants_grant(args) and not args.dry_run else None
    if args.json:
        said: dict[str, object] = {"installed": [each.as_dict() for each in done], "dry_run": args.dry_run}
        output.print_json(said | ({"granted": granted.as_dict()} if granted else {}))
    elif granted:
        print(f"Granted {granted.plugin} {granted.version} ({', '.join(granted.methods)}) in {granted.config}.")
    elif not args.dry_run:
        for each in done:
            print(f"Nothing is granted. To allow a method: ringfence grant {each.name} --method METHOD")
    return 0


def one(name: str, version: str | None, index: str | None, channel: str, *, dry_run: bool = False) -> "Installed":
    """Install one plugin, and say what it is and asks for, on standard error."""
    from ringfence.gate.state import state_dir
    from ringfence.index.install import fetch, install
    from ringfence.plugins.installed import Installed, place_for

    state = state_dir()
    with client_that_has(name, index) as client:
        fetched = fetch(client, name, version, channel, progress)
        release = fetched.release
        describe(fetched)
        if dry_run:
            return Installed(
                name=name, version=release.version, index=client.source.name, channel=release.entry.channel,
                archive=release.entry.archive, release_tree=release.entry.tree, tree=release.entry.tree,
                publisher=release.publisher, reviewers=release.reviewers, vendored=(), time="",
                folder=place_for(state, name, release.version),
            )  # fmt: skip
        done = install(state, client, fetched, progress)
    progress(f"installed {name} {done.version} in {done.folder}")
    return done


def progress(text: str) -> None:
    """A word on what is being done, for whoever watches."""
    if sys.stderr.isatty():
        print(f"ringfence: {text}", file=sys.stderr)


def describe(fetched: "Fetched") -> None:
    """What is to be known before anything is granted, on standard error."""
    from ringfence.index.review import asked

    release = fetched.release
    reviewed = f"reviewed by {', '.join(release.reviewers)}" if release.reviewers else "reviewed by nobody"
    print(f"{release.name} {release.version} by {release.publisher}, {reviewed}", file=sys.stderr)
    if release.built_in:
        print(f"    built in {release.built_in}", file=sys.stderr)
    for line in asked(release.entry):
        print(f"    asks for {output.plain(line)}", file=sys.stderr)
    for warning in release.warnings:
        output.warn(output.plain(warning))


def client_that_has(name: str, index: str | None) -> "Client":
    """The index that has a plugin. Raises NotInIndex; UsageError where several have it and none was named."""
    from ringfence.cli.indexuse import chosen
    from ringfence.errors import NotInIndex
    from ringfence.index import places

    names = chosen(index)
    if len(names) == 1:
        return open_client(names[0])
    having = []
    for each in names:
        with open_client(each) as client:
            if client.find(places.record(name)) is not None:
                having.append(each)
    if not having:
        raise NotInIndex(f"no index that is used here has {name!r}", hint=f"asked: {', '.join(names)}")
    if len(having) > 1:
        raise UsageError(f"{name} is in several indexes: {', '.join(having)}", hint=f"--index {having[0]}")
    return open_client(having[0])


def open_client(name: str) -> "Client":
    """A client of one index."""
    from ringfence.cli.indexuse import folder_of_indexes
    from ringfence.index.client import Client

    return Client(source(name), folder_of_indexes() / name)


def source(name: str) -> "Source":
    """An index by its name here."""
    from ringfence.cli.indexuse import chosen, folder_of_indexes
    from ringfence.index import client

    chosen(name)
    return next(each for each in client.sources(folder_of_indexes()) if each.name == name)


def _locked(args: argparse.Namespace) -> int:
    from ringfence.gate.state import state_dir
    from ringfence.index import lockfile
    from ringfence.index.install import install

    pins = lockfile.read(Path(args.locked))
    done = []
    for pin in pins:
        with open_client(args.index or pin.index) as client:
            fetched = lockfile.fetch(client, pin, progress)
            for warning in fetched.release.warnings:
                output.warn(output.plain(warning))
            if not args.dry_run:
                done.append(install(state_dir(), client, fetched, progress))
    if args.json:
        output.print_json({"installed": [each.as_dict() for each in done], "dry_run": args.dry_run})
    else:
        for pin in pins:
            print(f"{'verified' if args.dry_run else 'installed'} {pin.name} {pin.version}")
    return 0
