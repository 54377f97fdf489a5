"""`ringfence show`: what an index says of a plugin."""

import argparse
import json

from ringfence.cli import output
from ringfence.cli.install import client_that_has

HELP = "what an index says of a plugin: versions, permissions, reviews, vetting"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The plugin, and how much."""
    parser.epilog = "examples:\n  ringfence show word-count\n  ringfence show word-count==1.0.0 --vetting\n"
    parser.add_argument("plugin", metavar="NAME[==VERSION]")
    parser.add_argument("--index", metavar="NAME", help="the index to ask (default: the one that has it)")
    parser.add_argument("--vetting", action="store_true", help="the vetting report of the version")
    parser.add_argument("--sbom", action="store_true", help="the bill of materials of the version (CycloneDX)")


def run(args: argparse.Namespace) -> int:
    """Show it."""
    from ringfence.errors import NotInIndex
    from ringfence.index import places, review, trusted
    from ringfence.index.install import check_name
    from ringfence.signing import statements

    name, wanted = check_name(args.plugin)
    with client_that_has(name, args.index) as client:
        record = client.record(name)
        try:
            version = trusted.choose(record, wanted, places.CANDIDATE)
        except NotInIndex:
            if wanted is not None or not record.versions:
                raise
            version = record.sorted_versions()[0]
        entry = record.versions[version]
        if args.sbom:
            print(client.read(places.sbom(name, version)).decode(), end="")
            return 0
        if args.vetting:
            data = client.read(places.evidence(name, version, "vetting.json"))
            what = f"the vetting report of {name} {version}"
            said = statements.opened(data, client.policy().vetters(), kind="urn:ringfence:vetting:1", what=what)
            output.print_json(said.predicate)
            return 0
        if args.json:
            output.print_json(json.loads(record.to_bytes()))
            return 0
    print(output.style(f"{name} {version}", "bold") + f"  by {record.publisher}, {entry.license or 'no licence'}")
    print(_plain(record.summary))
    reviewed = f"reviewed by {', '.join(entry.approvals)}" if entry.approvals else "reviewed by nobody"
    vetted = f"vetting: {entry.vetting}" if entry.vetting else "not vetted"
    print(f"channel {entry.channel}, {reviewed}, {vetted}")
    if entry.status.value != "fine":
        print(output.style(f"{entry.status.value}: {_plain(entry.reason)}", "bad"))
    print(f"methods: {', '.join(entry.methods)}")
    asked = review.asked(entry)
    print("asks for: " + ("; ".join(_plain(each) for each in asked) or "nothing"))
    rows = []
    for number in record.sorted_versions():
        one = record.versions[number]
        rows.append((number, one.channel, one.status.value, one.published, one.archive[:19] + "…"))
    print(output.table(rows, ("VERSION", "CHANNEL", "STATUS", "PUBLISHED", "ARCHIVE")))
    return 0


def _plain(text: str) -> str:
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text)
