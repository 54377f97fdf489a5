"""Reports that were made before, by what they depend on. A report that cannot be read is made again."""

import hashlib
import os
from pathlib import Path

from ringfence import __version__, strictjson
from ringfence.vetting.policy import Policy
from ringfence.vetting.report import InvalidReport, Report
from ringfence.vetting.subject import Subject

_LIMITS = strictjson.JsonLimits(max_bytes=32 << 20, max_depth=16, max_items=500_000)
_SOURCES = Path(__file__).parent


class Kept:
    """The place of one report: the tree, the policy, the steps, the reviewed tree, the advisories, and our own code
    decide where that is."""

    def __init__(
        self,
        folder: Path,
        subject: Subject,
        policy: Policy,
        reviewed: Path | None,
        data: Path | None,
        steps: list[str],
    ) -> None:
        from ringfence.plugins.tree import hash_tree

        said: list[object] = [
            __version__,
            _rules(),
            subject.kind.value,
            subject.name,
            subject.digest,
            policy.digest,
            steps,
        ]
        said += [hash_tree(reviewed).digest if reviewed else "", _stamps(data)]
        self._folder = folder
        self._file = folder / (hashlib.sha256(strictjson.dumps(said).encode()).hexdigest() + ".json")

    def read(self) -> Report | None:
        """The report, where there is one."""
        try:
            return Report.from_dict(strictjson.loads(self._file.read_bytes(), limits=_LIMITS))
        except (OSError, strictjson.StrictJsonError, InvalidReport):
            return None

    def write(self, report: Report) -> None:
        """Keep a report; one with something unexamined is not kept, as that may be otherwise next time."""
        if report.unexamined:
            return
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            draft = self._file.with_suffix(f".{os.getpid()}.new")
            draft.write_text(strictjson.dumps(report.as_dict()), encoding="utf-8")
            os.replace(draft, self._file)
        except OSError:
            return  # a cache that cannot be written is none


def _rules() -> str:
    """What judges, as one hash: where any of it changes, no old report is taken for a new one."""
    whole = hashlib.sha256()
    for file in sorted(_SOURCES.rglob("*.py")):
        whole.update(file.read_bytes())
    return whole.hexdigest()


def _stamps(data: Path | None) -> list[list[object]]:
    """What tells changed advisories: names, sizes, times, and whether they are old."""
    if data is None or not data.exists():
        return []
    found = list[list[object]]()
    for path in sorted(data.iterdir()) if data.is_dir() else [data]:
        status = path.stat()
        found.append([path.name, status.st_size, status.st_mtime_ns, _warned(path)])
    return found


def _warned(path: Path) -> list[str]:
    """What would be said of the advisories today: they grow old where nothing changes."""
    from ringfence.advisories import known, snapshot
    from ringfence.errors import ConfigError

    try:
        with snapshot.Snapshot.open(path) as held:
            return [text.partition(" old:")[2] for text in known.warnings(held.header, snapshot.now())]
    except ConfigError:
        return []  # the dependencies step itself says that it could not be opened
