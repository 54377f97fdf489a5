"""The page of what was done lately to the index, from its journal."""

from collections.abc import Iterable
from pathlib import Path

from ringfence.audit.reports.webpage import text
from ringfence.index.site import shell
from ringfence.index.site.shell import Site, table
from ringfence.journal import read
from ringfence.journal.line import Entry

#: Records of the journal that are looked at, acts that are shown.
_RECORDS = 1000
_SHOWN = 300
_WORDS = {
    "init": "made the index",
    "publish": "took a release",
    "review": "took a review",
    "submission-refused": "refused a submission",
    "publisher": "let somebody publish",
    "publisher-removed": "took a publisher's say away",
    "reviewer": "let somebody review",
    "reviewer-removed": "took a reviewer's say away",
    "policy": "changed the policy",
    "yanked": "yanked",
    "quarantined": "put into quarantine",
    "deprecated": "deprecated",
    "fine": "offered again",
    "transfer": "gave a name to another publisher",
    "advise": "published an advisory",
    "withdraw-advisory": "took an advisory back",
    "vex": "stated what an advisory means for a plugin",
    "renew": "signed again",
    "rotate": "gave a role new keys",
    "rotated": "gave a role new keys",
    "rebin": "spread the records",
}
_LEFT_OUT = ("event", "index", "time", "phase", "begin", "snapshot")


def acts(public: Path) -> list[Entry]:
    """The newest records of the public journal, oldest first."""
    folder = public / "journal"
    return list(read.records(folder, read.Filter(), last=_RECORDS)) if folder.is_dir() else []


def render(site: Site, entries: Iterable[Entry]) -> str:
    """The whole page, the newest act first. One that was begun and not done was cut off, or a key refused it."""
    found = list(entries)
    done = {each.record.get("begin") for each in found if each.record.get("phase") == "done"}
    rows = []
    for each in reversed(found):
        if each.record.get("phase") == "done":
            continue
        begun = each.record.get("phase") == "begin"
        rows.append(_row(each, cut_off=begun and each.seq not in done))
    body = [
        "<h1>Acts</h1>",
        "<p>Everything that is done to this index is in its journal, whose records hold each other: none can be "
        "changed or taken out unseen. It lies beside this site in <code>journal/</code>.</p>",
        table(("Number", "When", "What", "Of what"), rows[:_SHOWN], "The newest acts")
        if rows
        else "<p>There are none yet.</p>",
    ]
    return shell.page(site, "acts.html", "Acts", body)


def _row(entry: Entry, *, cut_off: bool) -> str:
    record = entry.record
    event, time = str(record.get("event", "")), str(record.get("time", ""))
    facts = "; ".join(f"{key}: {_flat(value)}" for key, value in record.items() if key not in _LEFT_OUT)
    word = _WORDS.get(event, event) + (" (was not finished)" if cut_off else "")
    return (
        f'<tr><th scope="row">{entry.seq}</th><td><time datetime="{text(time)}">{text(time)}</time></td>'
        f"<td>{text(word)}</td><td>{text(facts[:1000])}</td></tr>"
    )


def _flat(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
