"""`ringfence publish`: sign a release and send it to an index."""

import argparse
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from ringfence.cli import output
from ringfence.errors import UsageError

if TYPE_CHECKING:
    from securesystemslib.signer import Signer

    from ringfence.index.client import Source
    from ringfence.index.policy import Policy
    from ringfence.index.publish import Made

_EPILOG = """\
examples:
  ringfence publish ./acme-words --to plugins.example.com --key acme.pem
  ringfence publish ./acme-words --index acme --key acme.pub=hsm:2
  ringfence publish ./acme-words --index acme --key acme.pem --dry-run --output acme-words.submission

--to names the folder of an index: the submission is taken at once where the index's keys are at hand, else it waits
in incoming/. --index names one that `ringfence index add` knows: the submission is sent to its API.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The plugin, the index, the key."""
    parser.epilog = _EPILOG
    parser.add_argument("plugin", metavar="DIR", help="the plugin's folder")
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--to", metavar="DIR", help="folder of an index")
    where.add_argument("--index", metavar="NAME", help="an index that is used here, by its API")
    parser.add_argument("--key", required=True, metavar="KEY", help="your private key, or KEY.pub=ADDRESS of a device")
    parser.add_argument(
        "--also-key",
        action="append",
        default=[],
        metavar="KEY",
        help="sign with this one too, where the index asks for several",
    )
    parser.add_argument("--passphrase-file", metavar="FILE", help="holds the keys' passphrase")
    parser.add_argument("--provenance", metavar="FILE", help="attestations of the release (PEP 740), to go with it")
    parser.add_argument("--output", metavar="FILE", help="keep the submission in FILE")
    parser.add_argument("--dry-run", action="store_true", help="make the submission, and send nothing")


def run(args: argparse.Namespace) -> int:
    """Publish."""
    from ringfence.signing.keyfiles import passphrase_asker
    from ringfence.signing.signers import signer

    if not Path(args.plugin).is_dir():
        raise UsageError(f"there is no folder {args.plugin!r}")
    with tempfile.TemporaryDirectory(prefix="ringfence-publish-") as scratch:
        key = signer(args.key, passphrase_asker(args.passphrase_file))
        if args.to is not None:
            return _to_folder(args, key, Path(scratch))
        return _to_api(args, key, Path(scratch))


def _to_folder(args: argparse.Namespace, key: "Signer", scratch: Path) -> int:
    from ringfence.index import accept, client, publish
    from ringfence.index.workspace import fingerprint

    folder = Path(args.to).absolute()
    public = folder / "public" if (folder / "public").is_dir() else folder
    source = client.Source(name=folder.name, url=public.as_uri() + "/", root=fingerprint(public))
    cache = scratch / "index"
    cache.mkdir()
    (cache / "root.json").write_bytes((public / "metadata" / "1.root.json").read_bytes())
    made = _make(args, key, source, cache, scratch)
    if args.dry_run:
        return _said(args, made, "dry-run")
    place = publish.lay_down(made, folder)
    from ringfence.errors import KeyUnavailable, RingfenceError

    if not any((folder / "keys").glob("*.pem")):
        return _said(args, made, "waiting")
    from ringfence.cli.indexkeep import vetter
    from ringfence.index.workspace import Workspace
    from ringfence.signing.keyfiles import passphrase_asker

    space = Workspace(folder, passphrase_asker(args.passphrase_file))
    try:
        done = accept.accept(space, place, vetter(space))
    except KeyUnavailable as error:
        output.warn(f"it waits in incoming/, for the index's own keys are not to be had here: {error.message}")
        return _said(args, made, "waiting")
    except RingfenceError:
        place.unlink(missing_ok=True)
        raise
    place.unlink()
    return _said(args, made, "published", done.verdict)


def _to_api(args: argparse.Namespace, key: "Signer", scratch: Path) -> int:
    from ringfence.cli.indexuse import folder_of_indexes
    from ringfence.cli.install import source
    from ringfence.index.upload import upload

    where = source(args.index)
    made = _make(args, key, where, folder_of_indexes() / where.name, scratch)
    if args.dry_run:
        return _said(args, made, "dry-run")
    answer = upload(where.url, made.file, key)
    return _said(args, made, str(answer.get("state", "published")), str(answer.get("verdict", "")))


def _make(args: argparse.Namespace, key: "Signer", source: "Source", cache: Path, scratch: Path) -> "Made":
    from ringfence.advisories.sbom import bill
    from ringfence.index import places, publish
    from ringfence.index.client import Client
    from ringfence.plugins.manifest import load_manifest
    from ringfence.signing.keyfiles import passphrase_asker
    from ringfence.signing.signers import signer

    name = load_manifest(Path(args.plugin)).name
    with Client(source, cache) as client:
        publisher = _publisher(client.policy(), key, name)
        data = client.role_bytes(places.publisher_role(publisher), places.release(name, "0", "none"))
    target = Path(args.output).absolute() if args.output else scratch / "submission"
    ask = passphrase_asker(args.passphrase_file)
    return publish.make(
        Path(args.plugin),
        publish.known_role(data),
        key,
        target,
        also=[signer(each, ask) for each in args.also_key],
        bill=bill,
        provenance=Path(args.provenance) if args.provenance else None,
    )


def _publisher(policy: "Policy", key: "Signer", name: str) -> str:
    """Who this key is in the index. Raises IndexRefused."""
    from ringfence.errors import IndexRefused
    from ringfence.index import places

    mine = [who for who, each in policy.publishers.items() if key.public_key.keyid in each.keys]
    for who in mine:
        if any(places.owns(owned, name) for owned in policy.publishers[who].owns):
            return who
    if mine:
        owned = ", ".join(o for who in mine for o in policy.publishers[who].owns)
        raise IndexRefused(f"{mine[0]} does not own the name {name!r}", hint=f"the names that are theirs: {owned}")
    raise IndexRefused(
        "this key publishes nothing in the index", hint="its maintainers add it: ringfence index publisher add"
    )


def _said(args: argparse.Namespace, made: "Made", state: str, verdict: str = "") -> int:
    said = {key: getattr(made, key) for key in ("name", "version", "archive", "length")}
    if args.json:
        output.print_json({**said, "state": state, "verdict": verdict})
        return 0
    name = f"{said['name']} {said['version']}"
    text = {
        "published": f"Published {name} ({said['archive']}); it is in the channel candidate until it is reviewed.",
        "waiting": f"{name} waits for the index's maintainers.",
        "dry-run": f"{name} would be published ({said['length']:,} bytes, {said['archive']}).",
    }
    print(text.get(state, f"{name}: {state}"))
    if verdict:
        print(f"vetting: {verdict}")
    return 0
