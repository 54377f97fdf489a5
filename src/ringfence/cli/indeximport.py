"""`ringfence index import`: a marketplace of Claude Code, vetted as a whole, and taken into an index."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from ringfence.cli import output
from ringfence.errors import UsageError

if TYPE_CHECKING:
    from securesystemslib.signer import Signer

    from ringfence.index.importing.bring import Brought, Take, Vet
    from ringfence.index.importing.sources import Means
    from ringfence.index.workspace import Workspace
    from ringfence.vetting.report import Report

_EPILOG = """\
examples:
  ringfence index import ./their-marketplace
  ringfence index import ./their-marketplace --fetch --policy vet.toml
  ringfence index import . --have https://github.com/acme/tools.git=../tools
  ringfence index import ./ours --into plugins.example.com --as acme --key acme.pem --prefix acme-

exit codes: 0 everything passes or was taken; 1 something is blocked or refused; 30 something could not be fetched or
examined.
"""


def arguments(_: str, command: argparse.ArgumentParser) -> None:
    """What, from where, into what."""
    command.epilog = _EPILOG
    add = command.add_argument
    add("dir", metavar="DIR", help="a folder, or a git checkout, with .claude-plugin/marketplace.json")
    add("--fetch", action="store_true", help="fetch what lies elsewhere: repositories by git, archives by https")
    add("--have", action="append", default=[], metavar="ADDRESS=PATH", help="a clone or an archive that is at hand")
    add("--policy", metavar="FILE", help="vet.toml: which rules block, which warn")
    add("--into", metavar="INDEX", help="folder of an index: what passes becomes a release of it")
    add("--as", dest="publisher", metavar="PUBLISHER", help="who publishes them there")
    add("--key", metavar="KEY", help="the publisher's private key")
    add("--prefix", default="", metavar="WORD-", help="before each name in the index")
    add("--unversioned", default="", metavar="VERSION", help="the version of those that say none")
    add("--passphrase-file", metavar="FILE", help="holds the keys' passphrase")


def run(args: argparse.Namespace) -> int:
    """Bring it in."""
    from ringfence.errors import AUDIT_EXIT
    from ringfence.index.importing import bring, listing
    from ringfence.plugins.files import read_member

    root = Path(args.dir)
    if not (root / listing.FILE).is_file():
        raise UsageError(f"there is no {listing.FILE} in {args.dir}", hint="name the folder of a marketplace")
    found = listing.read(read_member(root, listing.FILE, 8 << 20))
    naming = bring.Naming(prefix=args.prefix, unversioned=args.unversioned)
    take = _taker(args) if args.into else None
    done = []
    for one in bring.everything(found, _means(args, root), _vetter(args), naming, take):
        done.append(one)
        if not args.json:
            _print(one)
    if args.json:
        output.print_json({"marketplace": found.name, "plugins": [_as_dict(one) for one in done]})
    else:
        counts = {state: sum(one.state is state for one in done[1:]) for state in bring.State}
        print(f"{found.name}: {len(done) - 1} plugins: " + ", ".join(f"{n} {s}" for s, n in counts.items() if n))
    if any(one.state is bring.State.UNFETCHED or one.unexamined for one in done):
        return AUDIT_EXIT["unread"]
    return 1 if any(one.state in (bring.State.BLOCKED, bring.State.REFUSED) for one in done) else 0


def _means(args: argparse.Namespace, root: Path) -> "Means":
    from ringfence.index.importing.sources import Means

    given = {}
    for each in args.have:
        address, equals, path = each.partition("=")
        if not equals or not Path(path).exists():
            raise UsageError(f"{each[:100]!r} is no ADDRESS=PATH of something that is there")
        given[address] = Path(path).absolute()
    return Means(root=root, network=args.fetch, given=given)


def _vetter(args: argparse.Namespace) -> "Vet":
    from ringfence.gate.state import state_dir
    from ringfence.vetting.policy import NAME, Policy, load
    from ringfence.vetting.vet import vet

    named = args.policy or (NAME if Path(NAME).is_file() else None)
    policy = load(Path(named)) if named else Policy()

    def vetted(folder: Path) -> "Report":
        state = state_dir()
        return vet(folder, policy=policy, data=state / "advisories", cache=state / "vetting")

    return vetted


def _taker(args: argparse.Namespace) -> "Take":
    from ringfence.index.workspace import Workspace
    from ringfence.signing.keyfiles import passphrase_asker
    from ringfence.signing.signers import signer

    if not args.publisher or not args.key:
        raise UsageError("who publishes them in the index?", hint="--as PUBLISHER --key KEY")
    ask = passphrase_asker(args.passphrase_file)
    space = Workspace(Path(args.into).absolute(), ask)
    key = signer(args.key, ask)
    return lambda folder: _take(space, args.publisher, key, folder)


def _take(space: "Workspace", publisher: str, key: "Signer", folder: Path) -> tuple[str, str]:
    """One wrapped plugin into the index, by the same way as every submission."""
    import tempfile

    from ringfence.advisories.sbom import bill
    from ringfence.cli.indexkeep import vetter
    from ringfence.index import accept, places, publish, records
    from ringfence.index.importing.bring import already
    from ringfence.plugins.manifest import load_manifest
    from ringfence.plugins.tree import hash_tree

    manifest = load_manifest(folder)
    space.repository.refresh()
    known = records.find(space.repository, manifest.name)
    if known is not None and (before := known.versions.get(manifest.version)) is not None:
        return already(before.tree, hash_tree(folder).digest, f"{manifest.name} {manifest.version}"), before.archive
    role = places.publisher_role(publisher)
    last = space.repository.last(role) if space.repository.has_role(role) else None
    with tempfile.TemporaryDirectory(prefix="ringfence-import-") as scratch:
        made = publish.make(folder, last, key, Path(scratch, "submission"), bill=bill)
        done = accept.accept(space, made.file, vetter(space))
    return f"taken as {done.name} {done.version}, into the channel candidate", done.archive


def _print(one: "Brought") -> None:
    from ringfence.index.importing.bring import State

    kinds = {State.PASSES: "good", State.TAKEN: "good", State.WARNS: "warn", State.UNFETCHED: "warn"}
    print(f"{one.name}: {output.style(one.state, kinds.get(one.state, 'bad'))}")
    for said in one.said[:20]:
        print("    " + "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in said))
    if len(one.said) > 20:
        print(f"    and {len(one.said) - 20} more: --json has them all")


def _as_dict(one: "Brought") -> dict[str, object]:
    return {
        "name": one.name,
        "state": one.state.value,
        "said": list(one.said),
        "source": dict(one.source),
        "version": one.version,
        "archive": one.archive,
    }
