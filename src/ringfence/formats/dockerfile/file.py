"""A Dockerfile as a document: one subject, places, patches."""

import re
from bisect import bisect_right

from ringfence.controls.control import Scope
from ringfence.formats.dockerfile import lines, reading, writing
from ringfence.formats.document import Patch, Place, Subject, Unread
from ringfence.models.build import Build

#: A file that is no Dockerfile at all need not say so in every line.
MAX_UNREAD = 50

_INDEXED = re.compile(r"(bases|instructions)\[([0-9]+)\](?:\.(words|flags|commands)\[([0-9]+)\]|\.([a-z]+))?")


class Dockerfile:
    """One file. Without a FROM it has no subject."""

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self.reading = reading.read(lines.parse(text), text)
        self._starts = [0]
        for line in text.split("\n"):
            self._starts.append(self._starts[-1] + len(line) + 1)
        problems = sorted(set(self.reading.problems))
        if len(problems) > MAX_UNREAD:
            last, more = problems[MAX_UNREAD - 1][0], len(problems) - MAX_UNREAD + 1
            problems[MAX_UNREAD - 1 :] = [(last, f"from here on {more} more things could not be read")]
        self.unread = tuple(Unread(place=self._line(number), message=why) for number, why in problems)
        subject = Subject(scope=Scope.DOCKERFILE, name="image", model=self.reading.build, unknown=self.reading.unknown)
        self.subjects: tuple[Subject, ...] = (subject,) if self.reading.final is not None else ()

    def place(self, subject: Subject, path: str) -> Place:
        """Where a model path stands: see `ringfence.formats.document.Document`."""
        found = self.reading
        match = _INDEXED.match(path)
        if match is not None:
            return self._indexed(match)
        raw = None
        if path.partition(".")[0] in ("user", "group", "user_name"):
            raw = found.user
        elif path.partition(".")[0] == "health":
            raw = found.health
        if raw is None and found.final is not None:
            raw = found.final.raw
        return self._first_line(raw.start, raw.end) if raw is not None else self._line(1)

    def patch(self, subject: Subject, wanted: object) -> Patch:
        """The edits that lead to another model: see `ringfence.formats.document.Document`."""
        if not isinstance(wanted, Build):
            raise ValueError("a Dockerfile holds a build only")
        return writing.patch(self.text, self.reading, wanted)

    def _indexed(self, match: re.Match[str]) -> Place:
        index, list_, inner = int(match[2]), match[3], int(match[4] or 0)
        if match[1] == "bases":
            base = self.reading.bases[index]
            return self._span(base.start, base.end)
        source = self.reading.sources[index]
        if list_ == "commands":
            command = source.commands[inner]
            return self._span(command.offset, command.end)
        if list_:
            word = (source.words if list_ == "words" else source.flags)[inner]
            return self._span(word.start, word.end)
        if match[5] == "verb":
            return self._span(source.raw.keyword_start, source.raw.keyword_start + len(source.raw.keyword))
        return self._first_line(source.raw.start, source.raw.end)

    def _first_line(self, start: int, end: int) -> Place:
        line_end = self.text.find("\n", start, end)
        return self._span(start, len(self.text[: line_end if line_end >= 0 else end].rstrip("\r")))

    def _span(self, start: int, end: int) -> Place:
        end = max(end, start + 1)
        first, last = bisect_right(self._starts, start), bisect_right(self._starts, end - 1)
        return Place(
            file=self.file,
            line=first,
            column=start - self._starts[first - 1] + 1,
            end_line=last,
            end_column=end - self._starts[last - 1] + 1,
        )

    def _line(self, line: int) -> Place:
        start = self._starts[line - 1]
        found = self.text.find("\n", start)
        end = len(self.text) if found < 0 else found
        return Place(file=self.file, line=line, column=1, end_line=line, end_column=max(1, end - start) + 1)
