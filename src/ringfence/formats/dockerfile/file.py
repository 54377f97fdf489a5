"""A Dockerfile as a document: one subject, places, patches."""

from bisect import bisect_right

from ringfence import dataclasses
from ringfence.controls.control import Scope
from ringfence.formats import imageref
from ringfence.formats.dockerfile import lines, stages
from ringfence.formats.dockerfile.lines import Raw
from ringfence.formats.document import Edit, Patch, Place, Subject, Unread
from ringfence.models.build import Build, Verb


class Dockerfile:
    """One file. Without a FROM it has no subject."""

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        parsed = lines.parse(text)
        self.reading = stages.read(parsed)
        self._starts = [0]
        for line in text.split("\n"):
            self._starts.append(self._starts[-1] + len(line) + 1)
        self.unread = tuple(Unread(place=self._line(line), message=why) for line, why in self.reading.problems)
        unknown = frozenset(self.reading.unknown)
        subject = Subject(scope=Scope.DOCKERFILE, name="image", model=self.reading.build, unknown=unknown)
        self.subjects: tuple[Subject, ...] = (subject,) if self.reading.final is not None else ()

    def place(self, subject: Subject, path: str) -> Place:
        """Where a model path stands: see `ringfence.formats.document.Document`."""
        if path in ("user", "group"):
            raw = self.reading.user or self.reading.final
            return self._span(raw.start, raw.end, whole=False) if raw is not None else self._line(1)
        at = path
        while at:
            span = self.reading.at.get(at)
            if span is not None:
                return self._span(*span, whole=at.endswith("]") and "." in at)
            cut = max(at.rfind("."), at.rfind("["))
            at = at[:cut] if cut > 0 else ""
        final = self.reading.final
        return self._span(final.start, final.end, whole=False) if final is not None else self._line(1)

    def patch(self, subject: Subject, wanted: object) -> Patch:
        """The edits that lead to another model: see `ringfence.formats.document.Document`."""
        old = self.reading.build
        if not isinstance(wanted, Build):
            raise ValueError("a Dockerfile holds a build only")
        edits, left = list[Edit](), list[tuple[str, str]]()
        if (old.user, old.group) != (wanted.user, wanted.group):
            edits.append(self._user(wanted))
        for index, (before, now) in enumerate(zip(old.bases, wanted.bases, strict=True)):
            if before != now:
                start, end = self.reading.at[f"bases[{index}]"]
                edits.append(Edit(start=start, end=end, text=imageref.dump(now)))
        for raw, one, after in zip(self.reading.raws, old.instructions, wanted.instructions, strict=True):
            if one.verb is Verb.ADD and after.verb is Verb.COPY:
                start = raw.keyword_start
                edits.append(Edit(start=start, end=start + 3, text=_cased(self.text, raw, "COPY")))
        for name in ("health", "name", "user_name"):
            if getattr(old, name) != getattr(wanted, name):
                left.append((name, "somebody has to decide what should stand there"))
        return Patch(edits=tuple(edits), left=tuple(left))

    def _user(self, wanted: Build) -> Edit:
        """Another USER in the place of the last one, or one before what the image starts."""
        said = f"{wanted.user}:{wanted.group if wanted.group is not None else wanted.user}"
        raw = self.reading.user
        final = self.reading.final
        if raw is not None and final is not None and raw.start > final.start:
            return Edit(start=raw.offset(0), end=raw.end, text=said)
        newline = "\r\n" if "\r\n" in self.text else "\n"
        starts = [one for one in self.reading.raws if final is not None and one.start > final.start and not one.onbuild]
        first = next((one for one in starts if one.keyword in ("CMD", "ENTRYPOINT")), None)
        if first is not None:
            return Edit(start=first.start, end=first.start, text=f"USER {said}{newline}")
        end = len(self.text.rstrip("\r\n"))
        return Edit(start=end, end=end, text=f"{newline}USER {said}")

    def _span(self, start: int, end: int, *, whole: bool = True) -> Place:
        """A stretch of the text; of an instruction (not `whole`) only its first line."""
        line = bisect_right(self._starts, start)
        end = min(max(end, start + 1), len(self.text))
        last = bisect_right(self._starts, end - 1) if whole else line
        stop = end if whole else min(end, self._starts[line] - 1)
        column = start - self._starts[line - 1] + 1
        end_column = stop - self._starts[last - 1] + 1
        return Place(
            file=self.file,
            line=line,
            column=column,
            end_line=last,
            end_column=end_column if last > line else max(column + 1, end_column),
        )

    def _line(self, line: int) -> Place:
        start = self._starts[min(line, len(self._starts)) - 1]
        found = self.text.find("\n", start)
        return dataclasses.replace(self._span(start, len(self.text) if found < 0 else found), line=line, end_line=line)


def _cased(text: str, raw: Raw, word: str) -> str:
    return word.lower() if text[raw.keyword_start : raw.keyword_start + 3].islower() else word
