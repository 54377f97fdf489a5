"""`ringfence index …`: what the maintainer of an index does."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ringfence.cli import output
from ringfence.errors import RingfenceError, UsageError

if TYPE_CHECKING:
    from ringfence.index.accept import Vet
    from ringfence.index.workspace import Workspace

_STATUS = {"yank": "yanked", "quarantine": "quarantined", "deprecate": "deprecated", "restore": "fine"}


def at_argument(command: argparse.ArgumentParser) -> None:
    """Which index, and how its keys are opened."""
    command.add_argument("--at", metavar="DIR", default=".", help="folder of the index (default: here)")
    command.add_argument(
        "--passphrase-file", metavar="FILE", help="holds the keys' passphrase (else $RINGFENCE_PASSPHRASE_FILE, or ask)"
    )


def arguments(name: str, command: argparse.ArgumentParser) -> None:
    """The options of one of these."""
    add = command.add_argument
    if name == "init":
        add("dir", metavar="DIR", help="folder to make; its last part is the index's name")
        add("--root-keys", type=int, default=1, metavar="N", help="how many keys root has (default: 1)")
        add("--root-threshold", type=int, default=1, metavar="M", help="how many of them have to sign (default: 1)")
        add("--reviews", type=int, default=1, metavar="N", help="approvals that a stable release needs (default: 1)")
        add("--passphrase-file", metavar="FILE", help="holds the passphrase of all keys (else you are asked)")
        add("--keys-in-the-clear", action="store_true", help="without a passphrase: whoever reads a key can sign")
        return
    at_argument(command)
    _arguments_of_people(name, command)
    _arguments_of_upkeep(name, command)


def _arguments_of_people(name: str, command: argparse.ArgumentParser) -> None:
    add = command.add_argument
    if name in ("publisher", "reviewer"):
        add("action", choices=("add", "remove", "list"))
        add("name", metavar="NAME", nargs="?", help="who")
        add("--key", action="append", default=[], metavar="FILE.pub", help="their public key")
    if name == "publisher":
        add("--own", action="append", default=[], metavar="NAME|PREFIX-*", help="a name, or a prefix, that is theirs")
        add("--threshold", type=int, default=1, metavar="N", help="how many of their keys have to sign (default: 1)")
        add("--identity", metavar="KIND:REPOSITORY:WORKFLOW", help="where their releases are built, for attestations")
        add("--contact", default="", metavar="WHERE", help="where a weakness is reported to them")
    if name == "reviewer":
        add(
            "--publisher",
            default="",
            metavar="NAME",
            help="the publisher they belong to, whose releases they do not review",
        )


def _arguments_of_upkeep(name: str, command: argparse.ArgumentParser) -> None:
    add = command.add_argument
    if name == "policy":
        add("--reviews", type=int, metavar="N", help="approvals that a stable release needs")
    if name == "accept":
        add("file", metavar="SUBMISSION", nargs="*", help="files to take (default: all that wait in incoming/)")
        add("--without-vetting", action="store_true", help="take them unvetted: the record will say so")
    if name in _STATUS:
        add("name", metavar="NAME")
        add("version", metavar="VERSION", nargs="?", help="one version (default: all of them)")
        add("--reason", default="", metavar="TEXT", help="what users are told")
    if name == "transfer":
        add("name", metavar="NAME")
        add("publisher", metavar="PUBLISHER", help="who gets it")
    if name == "rotate":
        add("role", metavar="ROLE", help="root, targets, snapshot, timestamp or records")
        add("--key", action="append", default=[], required=True, metavar="FILE.pem", help="a new key of the role")
        add("--threshold", type=int, metavar="N", help="how many of them have to sign (default: as before)")
    if name == "rebin":
        add("--bits", type=int, metavar="N", help="2^N bins (default: so that a bin holds some 150 targets)")
    if name == "tidy":
        add("--keep", type=int, default=100, metavar="N", help="how many states to keep whole (default: 100)")
    if name == "fingerprint":
        add("--root-version", type=int, default=1, metavar="N", help="which version of root (default: 1)")


def run(args: argparse.Namespace) -> int:
    """Do it."""
    if args.what == "init":
        return _init(args)
    if args.what == "fingerprint":
        from ringfence.index.workspace import fingerprint

        place = Path(args.at)
        print(fingerprint(place / "public" if (place / "public").is_dir() else place, args.root_version))
        return 0
    space = workspace(args)
    return {
        "status": _status,
        "publisher": _publisher,
        "reviewer": _reviewer,
        "policy": _policy,
        "accept": _accept,
        "transfer": _transfer,
        "renew": _renew,
        "rotate": _rotate,
        "rebin": _rebin,
        "tidy": _tidy,
        **dict.fromkeys(_STATUS, _set_status),
    }[args.what](space, args)


def workspace(args: argparse.Namespace) -> "Workspace":
    """The index at --at."""
    from ringfence.index.workspace import Workspace
    from ringfence.signing.keyfiles import passphrase_asker

    return Workspace(Path(args.at).absolute(), passphrase_asker(args.passphrase_file))


def _init(args: argparse.Namespace) -> int:
    from ringfence.index.making import Plan, init
    from ringfence.signing.keyfiles import new_passphrase

    folder = Path(args.dir).absolute()
    passphrase = None if args.keys_in_the_clear else new_passphrase(args.passphrase_file)
    if args.keys_in_the_clear:
        output.warn("the keys have no passphrase: whoever reads them can sign")
    plan = Plan(
        name=folder.name,
        root_keys=args.root_keys,
        root_threshold=args.root_threshold,
        reviews=args.reviews,
        passphrase=passphrase,
    )
    fingerprint, offline = init(folder, plan)
    if args.json:
        output.print_json({"index": plan.name, "root": fingerprint, "offline_keys": [str(each) for each in offline]})
        return 0
    print(f"Made the index {plan.name} in {folder}.")
    print(f"Root's fingerprint, for users to pin: {fingerprint}")
    print("Keep these keys offline, and bring them back when they have to sign:")
    for each in offline:
        print(f"    {each}")
    print(f"Host {folder / 'public'} as static files. Sign the timestamp daily: ringfence index renew --at {folder}")
    return 0


def _status(space: "Workspace", args: argparse.Namespace) -> int:
    from ringfence.index import accept, places, records, upkeep

    waiting = accept.incoming(space)
    due = upkeep.expiries(space)
    entries = records.catalogue(space.repository)
    unreviewed = sorted(n for n, e in entries.items() if e[places.CANDIDATE] != e[places.STABLE])
    flat = max(
        (len(space.repository.role(each.role).signed.targets) for each in due if each.role == "records"), default=0
    )
    if args.json:
        said = [{"role": each.role, "until": each.until, "days": each.days, "due": each.due} for each in due]
        output.print_json(
            {"index": space.name, "plugins": len(entries), "waiting": [each.name for each in waiting],
             "unreviewed": unreviewed, "signatures": said}
        )  # fmt: skip
        return 0
    print(f"{space.name}: {len(entries)} plugins, state {space.repository.snapshot.signed.version}")
    for each in waiting:
        print(f"waits to be taken: {each.name}")
    for name in unreviewed:
        print(f"waits for review: {name} {entries[name][places.CANDIDATE]}")
    for one in due:
        if one.due or one.days < 0:
            word = "ran out on" if one.days < 0 else "is signed until"
            print(output.style(f"{one.role} {word} {one.until}", "bad" if one.days < 7 else "warn"))
    for role in sorted(space.repository.behind):
        print(output.style(f"{role} is signed by keys that root no longer names: rotate or renew was cut off", "bad"))
    if flat > upkeep.FLAT_LIMIT:
        print(f"the records name {flat} files in one role: `ringfence index rebin` spreads them")
    return 0


def _publisher(space: "Workspace", args: argparse.Namespace) -> int:
    from ringfence.index import people, policy
    from ringfence.index.provenance import parse_identity
    from ringfence.signing.keyfiles import read_public

    known = space.policy().publishers
    if args.action == "list":
        rows = [(name, ", ".join(each.owns), str(len(each.keys)), each.contact) for name, each in sorted(known.items())]
        return _print_rows(rows, ("PUBLISHER", "OWNS", "KEYS", "CONTACT"), args.json)
    _need(args.name, "the publisher's name")
    if args.action == "remove":
        people.remove_publisher(space, args.name)
        print(f"{args.name} publishes no longer; what they published can no longer be installed.")
        return 0
    before = known.get(args.name)
    if not args.key or not (args.own or before):
        raise UsageError("a publisher needs --key FILE.pub and --own NAME")
    keys = [read_public(Path(each)) for each in args.key]
    made = policy.Publisher(
        owns=tuple(dict.fromkeys([*(before.owns if before else ()), *args.own])),
        keys=tuple(key.keyid for key in keys),
        contact=args.contact or (before.contact if before else ""),
        identity=parse_identity(args.identity) if args.identity else (before.identity if before else {}),
    )
    people.add_publisher(space, args.name, made, keys, args.threshold)
    print(f"{args.name} publishes under {', '.join(made.owns)}.")
    return 0


def _reviewer(space: "Workspace", args: argparse.Namespace) -> int:
    from ringfence.index import people, policy
    from ringfence.signing.keyfiles import public_dict, read_public

    if args.action == "list":
        found = sorted(space.policy().reviewers.items())
        rows = [(name, str(each.key["keyid"])[:16], each.publisher) for name, each in found]
        return _print_rows(rows, ("REVIEWER", "KEY", "BELONGS TO"), args.json)
    _need(args.name, "the reviewer's name")
    if args.action == "remove":
        people.set_reviewer(space, args.name, None)
        print(f"{args.name} reviews no longer; their approvals count no longer.")
        return 0
    if len(args.key) != 1:
        raise UsageError("a reviewer has one key: --key FILE.pub")
    key = public_dict(read_public(Path(args.key[0])))
    people.set_reviewer(space, args.name, policy.Reviewer(key=key, publisher=args.publisher))
    print(f"{args.name} reviews.")
    return 0


def _policy(space: "Workspace", args: argparse.Namespace) -> int:
    from ringfence.index import upkeep
    from ringfence.index.workspace import check_reviews

    if args.reviews is not None:
        check_reviews(args.reviews)
        upkeep.change_policy(space, reviews=args.reviews)
    found = space.policy()
    if args.json:
        import json

        output.print_json(json.loads(found.to_bytes()))
    else:
        print(f"A stable release needs {found.reviews} approvals; there are {len(found.reviewers)} reviewers.")
    return 0


def _accept(space: "Workspace", args: argparse.Namespace) -> int:
    from ringfence.index import accept

    waiting = [Path(each) for each in args.file] or accept.incoming(space)
    vet = None if args.without_vetting else vetter(space)
    taken, refused = [], []
    for each in waiting:
        try:
            done = accept.accept(space, each, vet)
        except RingfenceError as error:
            refused.append({"file": each.name, "error": error.message, "hint": error.hint})
            if each.parent == space.folder / "incoming":
                accept.set_aside(space, each)
            continue
        taken.append(done)
        if each.parent == space.folder / "incoming":
            each.unlink()
    if args.json:
        output.print_json({"taken": [_accepted(each) for each in taken], "refused": refused})
        return 40 if refused else 0
    for done in taken:
        verdict = f", vetting: {done.verdict}" if done.verdict else ", not vetted"
        print(f"took {done.name} {done.version} by {done.publisher}{verdict}")
    for said in refused:
        print(output.style(f"refused {said['file']}: {output.plain(said['error'])}", "bad"))
        if said["hint"]:
            print(f"    hint: {output.plain(said['hint'])}")
    if not waiting:
        print("Nothing waits.")
    return 40 if refused else 0


def vetter(space: "Workspace") -> "Vet | None":
    """What vets a submission, by the policy file of the workspace if there is one."""
    from ringfence.cli.vetting import vet_for_index

    return vet_for_index(space.folder)


def _accepted(done: object) -> dict[str, object]:
    from ringfence.dataclasses import fields

    return {each.name: getattr(done, each.name) for each in fields(done)}  # type: ignore[arg-type]


def _set_status(space: "Workspace", args: argparse.Namespace) -> int:
    from ringfence.index.record import Status
    from ringfence.index.status import set_status

    changed = set_status(space, args.name, args.version, Status(_STATUS[args.what]), args.reason)
    if args.json:
        output.print_json({"name": args.name, "status": _STATUS[args.what], "versions": changed})
    else:
        print(f"{args.name} {', '.join(changed)}: {_STATUS[args.what]}" if changed else "Nothing changed.")
    return 0


def _transfer(space: "Workspace", args: argparse.Namespace) -> int:
    from ringfence.index.status import transfer

    transfer(space, args.name, args.publisher)
    print(f"{args.name} belongs to {args.publisher}.")
    return 0


def _renew(space: "Workspace", args: argparse.Namespace) -> int:
    from ringfence.index.upkeep import renew

    roles = renew(space)
    if args.json:
        output.print_json({"renewed": roles})
    else:
        print(f"signed again: {', '.join(roles)}")
    return 0


def _rotate(space: "Workspace", args: argparse.Namespace) -> int:
    from ringfence.index.upkeep import rotate

    where = [_as_named(space.folder, each) for each in args.key]
    new = [space.keyring.at(each) for each in where]
    with space.changing_keys(args.role, where):
        version = rotate(space, args.role, new, args.threshold)
    if args.json:
        output.print_json({"role": args.role, "root": version, "keys": where})
    else:
        print(f"{args.role} has {len(new)} new keys, as of version {version} of root; index.toml names them.")
    return 0


def _as_named(folder: Path, key: str) -> str:
    """A key's place as index.toml names it: from the index's folder where it lies inside, else in full."""
    file, equals, device = key.partition("=")
    place = Path(file).absolute()
    return f"{place.relative_to(folder) if place.is_relative_to(folder) else place}{equals}{device}"


def _rebin(space: "Workspace", args: argparse.Namespace) -> int:
    from ringfence.index.upkeep import rebin

    targets, bins = rebin(space, args.bits)
    print(f"{targets} targets in {bins} bins")
    return 0


def _tidy(space: "Workspace", args: argparse.Namespace) -> int:
    from ringfence.index.upkeep import tidy

    print(f"deleted {tidy(space, args.keep)} files that nobody can ask for any more")
    return 0


def _print_rows(rows: Sequence[tuple[str, ...]], headers: tuple[str, ...], as_json: bool) -> int:
    if as_json:
        output.print_json([dict(zip([h.lower() for h in headers], row, strict=True)) for row in rows])
    else:
        print(output.table(rows, headers) if rows else "There are none.")
    return 0


def _need(value: str | None, what: str) -> None:
    if not value:
        raise UsageError(f"{what} is missing")
