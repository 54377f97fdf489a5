"""A whole audit: from paths to a report, in one process or in several."""

import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from ringfence.audit.examine import Examined, examine
from ringfence.audit.find import files
from ringfence.audit.finding import Finding, Report, Unread
from ringfence.audit.judge import subject_findings
from ringfence.audit.settings import Settings
from ringfence.audit.source import Tree
from ringfence.controls.control import Severity
from ringfence.errors import UsageError

#: Below so many files a second process costs more than it gives.
PARALLEL = 150
_CHUNK = 32

Target = tuple[str, bool]


def audit(
    paths: Sequence[str],
    settings: Settings,
    progress: Callable[[int, int], None] | None = None,
    processes: int | None = None,
) -> Report:
    """Examine files and folders, in so many processes (None: as many as the machine and the number of files ask for).

    Places are relative to the working directory, or to the folder that all paths have in common outside of it.

    Raises UsageError for a path that does not exist.
    """
    started = time.perf_counter()
    root = root_of(paths)
    listed = list(targets(paths, root, settings))
    gathered = _Gathered(settings)
    for number, one in enumerate(_examined(root, listed, settings, processes), 1):
        gathered.take(one)
        if progress is not None:
            progress(number, len(listed))
    return gathered.report(root, time.perf_counter() - started)


def audit_text(content: bytes, name: str, settings: Settings) -> Report:
    """Examine a text that is in no file, as if it stood in one of this name."""
    started = time.perf_counter()
    gathered = _Gathered(settings)
    gathered.take(examine(os.getcwd(), name, settings, named=True, content=content))
    return gathered.report(os.getcwd(), time.perf_counter() - started)


def root_of(paths: Sequence[str]) -> str:
    """The folder that places are relative to: the working directory, or the only folder that was named outside it."""
    here = os.getcwd()
    full = [os.path.realpath(path) for path in paths]
    if all(path == here or path.startswith(here.rstrip("/") + "/") for path in full):
        return here
    common = os.path.commonpath(full)
    return common if os.path.isdir(common) else os.path.dirname(common)


def targets(paths: Sequence[str], root: str, settings: Settings) -> Iterator[Target]:
    """Every file once: those below folders, and those that were named, which are never passed over."""
    seen = set[str]()
    for path in paths:
        if not os.path.lexists(path):
            raise UsageError(f"there is no {path}", hint="name files or folders to audit")
        full = os.path.realpath(path)
        base = os.path.relpath(full, root)
        folder = os.path.isdir(full)
        for below in files(full, settings.exclude, every=settings.selection.reads_text()) if folder else [""]:
            file = os.path.normpath(os.path.join(base, below)) if below else base
            if file not in seen:
                seen.add(file)
                yield file, not folder


def _examined(root: str, listed: list[Target], settings: Settings, processes: int | None) -> Iterable[Examined]:
    workers = min(len(os.sched_getaffinity(0)), 8) if processes is None else processes
    tree = Tree(root, [file for file, _ in listed])
    if workers < 2 or (processes is None and len(listed) < PARALLEL):
        return map(partial(_one, root, settings, tree), listed)
    return _parallel(partial(_one_of_process, root, settings), listed, workers, tree)


def _one(root: str, settings: Settings, tree: Tree, target: Target) -> Examined:
    return examine(root, target[0], settings, named=target[1], tree=tree)


#: The tree of a process that works for an audit: what it holds is too much to be sent with every file.
_trees = list[Tree]()


def _one_of_process(root: str, settings: Settings, target: Target) -> Examined:
    return _one(root, settings, _trees[-1], target)


def _parallel(one: Callable[[Target], Examined], listed: list[Target], workers: int, tree: Tree) -> Iterator[Examined]:
    import multiprocessing

    with multiprocessing.get_context("fork").Pool(workers, _trees.append, (tree,)) as pool:
        yield from pool.imap(one, listed, chunksize=_CHUNK)


class _Gathered:
    """Results of files, put together: what a kustomization judged is not judged a second time alone."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._results = list[Examined]()

    def take(self, one: Examined) -> None:
        if one.kind or one.unread:
            self._results.append(one)

    def report(self, root: str, elapsed: float) -> Report:
        parts = {part for one in self._results for part in one.parts}
        kept = [one for one in self._results if one.file not in parts]
        found = list[Finding]()
        unread = list[Unread]()
        for one in self._results:
            # What is built elsewhere is judged there; a secret in its text stands here all the same.
            found += one.findings if one.file not in parts else [f for f in one.findings if f.subject == "text"]
        for one in kept:
            if not one.chart:
                unread += one.unread
        found += self._of_the_whole(kept)
        rendered = {one.rendered for one in kept if one.rendered}
        charts = Counter(one.chart for one in kept if one.chart and one.chart not in rendered)
        return Report(
            root=root,
            findings=tuple(sorted(found, key=_order)),
            unread=tuple(unread),
            files=dict(Counter(one.kind for one in self._results if one.kind)),
            skipped=tuple((chart, _templates(count)) for chart, count in sorted(charts.items())),
            elapsed=elapsed,
        )

    def _of_the_whole(self, kept: list[Examined]) -> list[Finding]:
        """What only the whole tree shows: namespaces without a policy for all of their pods."""
        summaries = [one.summary for one in kept if one.summary is not None]
        if not summaries:
            return []
        from ringfence.formats.kubernetes.gathering import uncovered

        return [
            finding
            for policy, place in uncovered(summaries)
            for finding in subject_findings(policy, place, self._settings)
        ]


def _templates(count: int) -> str:
    number = "one template" if count == 1 else f"{count} templates"
    return f"{number} of this Helm chart: render it (`helm template`) and audit what comes out"


_RANK = {severity: -rank for rank, severity in enumerate(Severity)}


def _order(finding: Finding) -> tuple[str, int, int, int, str]:
    """By place, the worse first where two stand at the same one: as reports show them."""
    place = finding.place
    return place.file, place.line, place.column, _RANK[finding.severity], finding.control
