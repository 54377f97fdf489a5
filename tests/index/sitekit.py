"""An index with a bit of everything, for the tests of its pages: made through the index's own doors."""

import html.parser
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from ringfence.advisories import own
from ringfence.advisories.sbom import bill
from ringfence.advisories.vex import Statement
from ringfence.index import accept, advise, making, people, places, policy, publish, records, review, status, vex
from ringfence.index.making import Plan
from ringfence.index.record import Record, Status, Version
from ringfence.index.workspace import Workspace
from ringfence.signing.keyfiles import create, load, public_dict

MANIFEST = """\
name = "{name}"
version = "{version}"
description = "{description}"
license = "Apache-2.0"

[entry]
module = "words"
class = "Plugin"

[methods.count]
description = "How many words a text has."
arguments = {{ type = "object", properties = {{ text = {{ type = "string" }} }}, additionalProperties = false }}
result = {{ type = "integer" }}
{more}"""
PERMISSIONS = """
[permissions]
network = ["api.example.com:443"]

[permissions.read]
books = "the books to count in"

[permissions.secrets]
token = "to ask the service"
"""
CODE = "class Plugin:\n    def count(self, text=''):\n        return len(text.split())\n"
ALL = {what: True for what, _ in review.CHECKLIST}
FINDING = {
    "step": "code", "rule": "reads-environment", "severity": "low", "path": "words.py", "line": 2,
    "message": "It reads the environment.", "hint": "", "verdict": "warn",
}  # fmt: skip


def report(*findings: Mapping[str, object], verdict: str = "warn") -> accept.Vet:
    """A vetter that says so."""
    steps = [{"step": "code", "verdict": verdict, "findings": list(findings), "unexamined": ["the weather"]}]
    said = {"name": "x", "version": "x", "verdict": verdict, "steps": steps}
    return lambda folder, reviewed: (verdict, said)


class Keeper:
    """Whoever keeps the index in `folder/shop`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.index = folder / "shop"
        making.init(self.index, Plan(name="shop", root_keys=1, root_threshold=1, reviews=1, passphrase=None))
        self.space = Workspace(self.index, lambda _: b"")
        acme = self.key("acme").public_key
        made = policy.Publisher(owns=("acme-*",), keys=(acme.keyid,), contact="mailto:acme@example.com")
        people.add_publisher(self.space, "acme", made, [acme], 1)
        alice = public_dict(self.key("alice").public_key)
        people.set_reviewer(self.space, "alice", policy.Reviewer(key=alice))

    @property
    def public(self) -> Path:
        """What is hosted."""
        return self.index / "public"

    @property
    def site(self) -> Path:
        """The pages."""
        return self.public / "site"

    def key(self, name: str):
        """Somebody's key."""
        place = self.folder / "people" / f"{name}.pem"
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            create(place, None)
        return load(place, lambda _: b"")

    def publish(self, name: str, version: str, *, description: str = "Counts words.", more: str = "", vet=None) -> None:
        """Publish a small plugin into the channel candidate."""
        plugin = self.folder / "plugins" / f"{name}-{version}"
        plugin.mkdir(parents=True)
        said = MANIFEST.format(name=name, version=version, description=description, more=more)
        (plugin / "plugin.toml").write_text(said)
        (plugin / "words.py").write_text(CODE)
        role = places.publisher_role("acme")
        known = self.space.repository.role(role) if self.space.repository.has_role(role) else None
        submission = self.folder / f"{name}-{version}.submission"
        publish.make(plugin, known, self.key("acme"), submission, bill=bill)
        accept.accept(self.space, submission, vet)

    def review(self, name: str, version: str, *, reason: str = "I read all of it.", approve: bool = True) -> None:
        """Alice's word."""
        review.decide(
            self.space, name, version, reviewer="alice", signer=self.key("alice"), approve=approve, reason=reason,
            checked=ALL,
        )  # fmt: skip

    def withdraw(self, name: str, version: str, kind: Status, reason: str) -> None:
        """Yank, quarantine, deprecate."""
        status.set_status(self.space, name, version, kind, reason)

    def advise(self, plugin: str, *, fixed: str = "", summary: str = "It counts what it should not.") -> str:
        """Publish an advisory; its identifier."""
        draft = own.Draft(
            plugin=plugin, summary=summary, details="Long.", introduced="", fixed=fixed, last_affected="",
            vectors=("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N",), aliases=(), references=(), credits=(),
        )  # fmt: skip
        return str(advise.publish(self.space, draft, now=datetime(2026, 11, 21, tzinfo=UTC))["id"])

    def state(self, name: str, version: str, *, detail: str = "It calls none of it.") -> None:
        """Say that a vulnerability does not matter."""
        said = Statement(
            plugin=name, version=version, vulnerability="CVE-2026-0001", state="not_affected",
            justification="code_not_reachable", detail=detail, time="2026-11-21T00:00:00Z",
        )  # fmt: skip
        vex.publish(self.space, [said])

    def put(self, *several: Record) -> None:
        """Records as the index's own keys can write them, whatever is in them."""
        with self.space.change() as step:
            known = records.catalogue(self.space.repository)
            for each in several:
                known[each.name] = records.entry(each)
                step.put(places.record(each.name), each.to_bytes())
            step.put(places.CATALOGUE, records.catalogue_bytes(known))
            self.space.commit(step, "publish", name=several[0].name)


def small(folder: Path) -> Keeper:
    """A reviewed plugin with a newer version that waits, one that was yanked, one in quarantine, one never reviewed."""
    keeper = Keeper(folder)
    keeper.publish("acme-words", "1.0.0")
    keeper.review("acme-words", "1.0.0")
    keeper.publish("acme-words", "1.1.0", more=PERMISSIONS, vet=report(FINDING))
    keeper.publish("acme-letters", "0.1.0", description="Counts letters.")
    keeper.withdraw("acme-letters", "0.1.0", Status.YANKED, "it miscounts")
    keeper.publish("acme-signs", "2.0.0", description="Counts signs.")
    keeper.withdraw("acme-signs", "2.0.0", Status.QUARANTINED, "it sends what it counts to strangers")
    keeper.publish("acme-lines", "3.0.0", description="Counts lines.", vet=report(verdict="pass"))
    keeper.advise("acme-words", fixed="1.1.0")
    keeper.state("acme-words", "1.0.0")
    return keeper


def version(**changes: object) -> Version:
    """A release with nothing behind it."""
    said = {
        "archive": f"sha256:{'0' * 64}", "length": 1, "tree": f"sha256:{'1' * 64}", "published": "2026-01-01T00:00:00Z",
        "channel": "candidate", "status": Status.FINE, "methods": ("count",),
    }  # fmt: skip
    return Version(**{**said, **changes})


class Page(html.parser.HTMLParser):
    """The elements of a page, and its text."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.said: list[str] = []
        self.feed(file.read_text(encoding="utf-8"))
        self.text = " ".join(" ".join(self.said).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep it."""
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Keep it."""
        self.said.append(data)

    def all(self, tag: str) -> Iterator[dict[str, str | None]]:
        """The attributes of every element of a kind."""
        return (attributes for name, attributes in self.elements if name == tag)
