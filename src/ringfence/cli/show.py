"""`ringfence show`: what an index says about a plugin."""

import argparse
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ringfence.cli import output
from ringfence.cli.install import client_that_has

if TYPE_CHECKING:
    from ringfence.advisories.match import Match
    from ringfence.advisories.support import Line
    from ringfence.index.client import Client
    from ringfence.index.record import Record


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The plugin, and how much."""
    parser.epilog = "examples:\n  ringfence show word-count\n  ringfence show word-count==1.0.0 --vetting\n"
    parser.add_argument("plugin", metavar="NAME[==VERSION]")
    parser.add_argument("--index", metavar="NAME", help="the index to ask (default: the one that has it)")
    parser.add_argument("--vetting", action="store_true", help="the vetting report of the version")
    parser.add_argument("--vex", action="store_true", help="what is stated of vulnerabilities in what it stands on")
    parser.add_argument("--sbom", action="store_true", help="the bill of materials of the version (CycloneDX)")


def run(args: argparse.Namespace) -> int:
    """Show it."""
    from ringfence.index import advised, support
    from ringfence.index.install import check_name

    name, wanted = check_name(args.plugin)
    with client_that_has(name, args.index) as client:
        record = client.record(name)
        version = _chosen(record, wanted)
        if args.sbom or args.vetting or args.vex:
            _print_evidence(args, client, name, version)
            return 0
        advisories = advised.against(client, name, version)
        lines = support.of_record(record, datetime.now(UTC))
        if args.json:
            output.print_json(json.loads(record.to_bytes()) | _more(version, advisories, lines))
            return 0
    _print_release(record, version, advisories)
    _print_versions(record, lines)
    return 0


def _chosen(record: "Record", wanted: str | None) -> str:
    """The version to show: the one that was asked for, else the newest that installs, else the newest of all."""
    from ringfence.errors import NotInIndex
    from ringfence.index import places, trusted

    try:
        return trusted.choose(record, wanted, places.CANDIDATE)
    except NotInIndex:
        if wanted is not None or not record.versions:
            raise
        return record.sorted_versions()[0]


def _print_evidence(args: argparse.Namespace, client: "Client", name: str, version: str) -> None:
    """One file of a version: its bill of materials, its vetting report, or what is stated about vulnerabilities."""
    from ringfence.errors import NotInIndex
    from ringfence.index import advised, places, trusted
    from ringfence.signing import statements

    if args.sbom:
        print(client.read(places.sbom(name, version)).decode(), end="")
    elif args.vetting:
        data = client.read(places.evidence(name, version, "vetting.json"))
        what = f"the vetting report of {name} {version}"
        said = statements.opened(data, client.policy().vetters(), kind=trusted.VETTING, what=what)
        output.print_json(said.predicate)
    else:
        found = advised.vex(client, name, version)
        if found is None:
            raise NotInIndex(f"nothing is stated about vulnerabilities in {name} {version}")
        output.print_json(found)


def _print_release(record: "Record", version: str, advisories: "list[Match]") -> None:
    from ringfence.index import review

    entry = record.versions[version]
    print(
        output.style(f"{record.name} {version}", "bold") + f"  by {record.publisher}, {entry.license or 'no licence'}"
    )
    print(output.plain(record.summary))
    reviewed = f"reviewed by {', '.join(entry.approvals)}" if entry.approvals else "reviewed by nobody"
    vetted = f"vetting: {entry.vetting}" if entry.vetting else "not vetted"
    print(f"channel {entry.channel}, {reviewed}, {vetted}")
    if entry.status.value != "fine":
        print(output.style(f"{entry.status.value}: {output.plain(entry.reason)}", "bad"))
    print(f"methods: {', '.join(entry.methods)}")
    asked = review.asked(entry)
    print("asks for: " + ("; ".join(output.plain(each) for each in asked) or "nothing"))
    for each in advisories:
        fixed = f"; fixed in {each.fixed}" if each.fixed else "; no version is fixed yet"
        warning = f"advisory {each.ids[0]} ({each.rating or 'unrated'}): {each.summary}{fixed}"
        print(output.style(output.plain(warning), "bad"))


def _print_versions(record: "Record", lines: "list[Line]") -> None:
    rows: list[tuple[str, ...]] = []
    for number in record.sorted_versions():
        one = record.versions[number]
        rows.append((number, one.channel, one.status.value, one.published, one.archive[:19] + "…"))
    print(output.table(rows, ("VERSION", "CHANNEL", "STATUS", "PUBLISHED", "ARCHIVE")))
    rows = [(line.line, line.newest, _until(line)) for line in lines]
    if rows:
        print(output.table(rows, ("LINE", "NEWEST", "GETS FIXES")))


def _until(line: "Line") -> str:
    if not line.supported:
        return "no longer"
    return f"until {line.until:%Y-%m-%d}" if line.until else "yes"


def _more(version: str, advisories: "list[Match]", lines: "list[Line]") -> dict[str, object]:
    """What is known beside the record, for programs."""
    against = [{"id": each.ids[0], "rating": each.rating, "fixed": each.fixed} for each in advisories]
    support = [{"line": line.line, "newest": line.newest, "supported": line.supported} for line in lines]
    return {"advisories": {version: against}, "support": support}
