"""`ringfence index advise`, `vex`, `disclosures` and `security-txt`: what is done about weaknesses."""

import argparse
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ringfence.cli import draft, indexkeep, output

if TYPE_CHECKING:
    from ringfence.advisories.disclosures import Case, Deadline, Store


def arguments(name: str, command: argparse.ArgumentParser) -> None:
    """The options of one of these."""
    add = command.add_argument
    if name == "security-txt":
        add("--contact", action="append", default=[], required=True, metavar="ADDRESS", help="mailto:, https: or tel:")
        add("--days", type=int, default=180, metavar="N", help="for how long it holds (default: 180)")
        for field in ("canonical", "policy", "encryption", "acknowledgments"):
            add(f"--{field}", default="", metavar="URL", help=f"the field {field.capitalize()}")
        add("--language", action="append", default=[], metavar="TAG", help="such as en")
        return
    if name == "advise":
        indexkeep.at_argument(command)
        draft.add_arguments(command, plugin_required=False)
        add("--file", metavar="FILE", help="a whole record (OSV), new or newer than the one that is there")
        add("--withdraw", default="", metavar="ID", help="take an advisory back")
        add("--reason", default="", metavar="TEXT", help="why it is withdrawn")
        return
    if name == "vex":
        indexkeep.at_argument(command)
        add("file", metavar="FILE", help="TOML with [[statement]]: plugin, version, vulnerability, state, …")
        return
    add("--at", metavar="DIR", default=".", help="folder of the index (default: here)")
    add("action", choices=("list", "open", "advance"))
    add("case", metavar="PLUGIN|CASE", nargs="?", help="the plugin of a new case, or the case to advance")
    add("stage", nargs="?", metavar="STAGE", help="acknowledged, assessed, resolved, disclosed or rejected")
    add("--summary", default="", metavar="TEXT", help="what was reported")
    add("--reported", default="", metavar="TIME", help="when the report came in (default: now)")
    add("--note", default="", metavar="TEXT", help="a word about this step")
    add("--advisory", default="", metavar="ID", help="the advisory that it is disclosed with")


def run(args: argparse.Namespace) -> int:
    """Do it."""
    from ringfence.advisories import snapshot

    now = snapshot.now()
    if args.what == "security-txt":
        return _security_txt(args, now)
    if args.what == "advise":
        return _advise(args, now)
    if args.what == "vex":
        return _vex(args)
    from ringfence.advisories.disclosures import Store

    store = Store(Path(args.at).absolute() / "disclosures")
    return {"list": _list, "open": _open, "advance": _advance}[args.action](args, store, now)


def _advise(args: argparse.Namespace, now: datetime) -> int:
    from ringfence.errors import UsageError
    from ringfence.index import advise

    if sum(map(bool, (args.withdraw, args.plugin, args.file))) != 1:
        raise UsageError("name a plugin to advise about, a file with an advisory, or an advisory to withdraw")
    space = indexkeep.workspace(args)
    if args.withdraw:
        record = advise.withdraw(space, args.withdraw, args.reason, now=now)
    elif args.file:
        from ringfence.advisories import own
        from ringfence.plugins.files import read_member

        place = Path(args.file)
        record = advise.put(space, own.read(read_member(place.parent, place.name, 4 << 20)))
    else:
        record = advise.publish(space, draft.read(args), now=now)
    if args.json:
        output.print_json(record)
    else:
        print(f"{record['id']}: {record['summary']}")
    return 0


def _vex(args: argparse.Namespace) -> int:
    from ringfence.cli import vexfile
    from ringfence.index import vex

    releases = vex.publish(indexkeep.workspace(args), vexfile.read(Path(args.file)))
    if args.json:
        output.print_json([{"name": name, "version": version} for name, version in releases])
    else:
        print(f"stated for {', '.join(f'{name} {version}' for name, version in releases)}")
    return 0


def _security_txt(args: argparse.Namespace, now: datetime) -> int:
    from datetime import timedelta

    from ringfence.advisories.securitytxt import security_txt

    fields = {name: getattr(args, name) for name in ("canonical", "policy", "encryption", "acknowledgments")}
    expires = now + timedelta(days=min(args.days, 10_000))
    print(security_txt(args.contact, expires, now=now, languages=args.language, **fields), end="")
    return 0


def _open(args: argparse.Namespace, store: "Store", now: datetime) -> int:
    from ringfence.advisories.disclosures import open_case
    from ringfence.errors import UsageError

    if not args.case:
        raise UsageError("name the plugin that the report is about")
    try:
        reported = datetime.fromisoformat(args.reported) if args.reported else now
    except ValueError:
        raise UsageError(f"{args.reported[:40]!r} is no time", hint="for example 2026-11-20T09:00:00Z") from None
    taken = [case.id for case in store.all()]
    case = open_case(args.case, args.summary, taken=taken, reported=reported, now=now, note=args.note)
    store.put(case, new=True)
    return _said(args, case)


def _advance(args: argparse.Namespace, store: "Store", now: datetime) -> int:
    from ringfence.advisories.disclosures import Stage, advance
    from ringfence.errors import UsageError

    if not args.case or args.stage not in list(Stage):
        raise UsageError("name the case and its next stage", hint=f"stages: {', '.join(Stage)}")
    case = advance(store.get(args.case), Stage(args.stage), now=now, note=args.note, advisory=args.advisory)
    store.put(case)
    return _said(args, case)


def _said(args: argparse.Namespace, case: "Case") -> int:
    from ringfence.advisories.disclosures import next_deadline

    due = next_deadline(case)
    if args.json:
        output.print_json(_as_dict(case, due))
    else:
        then = f"; {due.stage} until {due.due:%Y-%m-%d %H:%M} UTC" if due else ""
        print(f"{case.id}: {case.stage}{then}")
    return 0


def _list(args: argparse.Namespace, store: "Store", now: datetime) -> int:
    from ringfence.advisories.disclosures import next_deadline, overdue

    cases = store.all()
    late = overdue(cases, now)
    rest = [case for case in cases if case not in [one.case for one in late]]
    if args.json:
        output.print_json([_as_dict(case, next_deadline(case), now) for case in cases])
        return 1 if late else 0
    for one in late:
        hours = int(one.late(now).total_seconds() // 3600)
        said = f"{one.case.id}  {one.case.plugin}: {one.stage} is overdue by {hours} hours ({one.case.summary})"
        print(output.style(said, "bad"))
    for case in sorted(rest, key=lambda case: (not case.is_open, case.id)):
        due = next_deadline(case)
        until = f", {due.stage} until {due.due:%Y-%m-%d %H:%M} UTC" if due else ""
        print(f"{case.id}  {case.plugin}: {case.stage}{until} ({case.summary})")
    if not cases:
        print("No report came in.")
    return 1 if late else 0


def _as_dict(case: "Case", due: "Deadline | None", now: datetime | None = None) -> dict[str, object]:
    found: dict[str, object] = {"id": case.id, "plugin": case.plugin, "summary": case.summary, "stage": case.stage}
    found["steps"] = [{"stage": s.stage, "time": s.time.isoformat(), "note": s.note} for s in case.steps]
    if due:
        found |= {"next": due.stage, "due": due.due.isoformat()}
        found |= {"overdue": bool(due.late(now))} if now else {}
    return found | ({"advisory": case.advisory} if case.advisory else {})
