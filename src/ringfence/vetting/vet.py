"""The pipeline: every step over one folder, under one policy, into one report.

    (1) structure       manifest, schemas, tree, licence, version order
    (2) static          what the code can do and means to do, held against what it asks for
    (3) configuration   secrets in all files, and controls of configuration: the auditor's
    (4) dependencies    known vulnerabilities and odd requirements
    (5) agent           what an agent is told and what runs for it, and what changed since the review
    (6) behaviour       what its methods attempt in a cell

A step that fails is not passed over: what it did not examine is named and blocks.
"""

import threading
import time
from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING

from ringfence.errors import RingfenceError, UsageError
from ringfence.vetting.found import Gathered
from ringfence.vetting.policy import Policy
from ringfence.vetting.report import Report, StepReport, worst
from ringfence.vetting.subject import Subject, subject_of

if TYPE_CHECKING:
    from ringfence.advisories.dependencies import Feed

STEPS = ("structure", "static", "configuration", "dependencies", "agent", "behaviour")
#: Called with a step and its state: "begins", or the verdict that it came to.
Progress = Callable[[str, str], None]


def vet(
    folder: Path,
    *,
    policy: Policy,
    reviewed: Path | None = None,
    data: Path | None = None,
    steps: Collection[str] = STEPS,
    progress: Progress | None = None,
    cache: Path | None = None,
    feed: "Feed | None" = None,
) -> Report:
    """Vet the plugin in `folder`; `reviewed` is the folder of the version that was reviewed last, `data` that of the
    advisories, `cache` one in which reports are kept by digest; with `feed`, which asks a package index, none is kept.
    Raises UsageError for what is no folder, no step."""
    if not folder.is_dir():
        raise UsageError(f"there is no folder {str(folder)!r}")
    chosen = [step for step in STEPS if step in steps]
    if unknown := set(steps) - set(STEPS):
        raise UsageError(f"there is no step {min(unknown)!r}", hint=f"choose from: {', '.join(STEPS)}")
    if not chosen:
        raise UsageError("no step is chosen, so nothing would be vetted")
    subject = subject_of(folder)
    kept = None
    if cache is not None and subject.digest and feed is None:
        from ringfence.vetting.cache import Kept

        kept = Kept(cache, subject, policy, reviewed, data, chosen)
        if (known := kept.read()) is not None:
            return known
    report = _vetted(subject, policy, reviewed, data, chosen, progress or (lambda step, state: None), feed)
    if kept is not None:
        kept.write(report)
    return report


def _vetted(
    subject: Subject,
    policy: Policy,
    reviewed: Path | None,
    data: Path | None,
    chosen: list[str],
    progress: Progress,
    feed: "Feed | None",
) -> Report:
    """All steps; the one that mostly waits for another process, beside the others."""
    done = dict[str, StepReport]()

    def one(step: str) -> None:
        progress(step, "begins")
        started = time.monotonic()
        gathered = _step(step, subject, reviewed, data, feed)
        done[step] = gathered.report(step, policy, int((time.monotonic() - started) * 1000))
        progress(step, done[step].verdict.value)

    beside = threading.Thread(target=one, args=("static",)) if "static" in chosen else None
    if beside is not None:
        beside.start()
    for step in chosen:
        if step != "static":
            one(step)
    if beside is not None:
        beside.join()
    reports = tuple(done[step] for step in chosen if step in done)
    return Report(
        name=subject.name,
        version=subject.version,
        digest=subject.digest,
        policy_digest=policy.digest,
        steps=reports,
        verdict=worst(*(report.verdict for report in reports)),
    )


def _step(step: str, subject: Subject, reviewed: Path | None, data: Path | None, feed: "Feed | None") -> Gathered:
    """What a step found. Whatever goes wrong in it is something that was not examined."""
    gathered = Gathered()
    try:
        _examine(step, gathered, subject, reviewed, data, feed)
    except RingfenceError as error:
        gathered.unexamined.append(f"{step}: {error.message}")
    except Exception as error:
        gathered.unexamined.append(f"{step}: a defect of Ringfence keeps it from being examined: {_said(error)}")
    return gathered


def _said(error: Exception) -> str:
    import os

    if os.environ.get("RINGFENCE_DEBUG"):
        import traceback

        traceback.print_exception(error)
    return f"{type(error).__name__}: {error}"[:300]


def _examine(
    step: str, gathered: Gathered, subject: Subject, reviewed: Path | None, data: Path | None, feed: "Feed | None"
) -> None:
    """One step; only the code of the steps that were chosen is loaded."""
    match step:
        case "structure":
            from ringfence.vetting.structure import structure

            gathered.unexamined += subject.left
            gathered.findings += structure(subject, reviewed)
        case "static":
            from ringfence.vetting.static.step import static

            static(gathered, subject)
        case "configuration":
            from ringfence.vetting.configuration import configuration

            configuration(gathered, subject)
        case "dependencies":
            from ringfence.vetting.dependencies import dependencies

            dependencies(gathered, subject, data, feed)
        case "agent":
            from ringfence.vetting.agent import agent

            agent(gathered, subject, reviewed)
        case "behaviour":
            from ringfence.vetting.behaviour.step import behaviour

            behaviour(gathered, subject)
        case _:
            raise UsageError(f"there is no step {step!r}")
