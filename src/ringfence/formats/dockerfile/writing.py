"""Patches: the edits that lead from the model of a Dockerfile to another one, and what cannot be written."""

import re
from collections.abc import Sequence
from typing import TypeVar

from ringfence.formats import imageref
from ringfence.formats.dockerfile.arguments import Word
from ringfence.formats.dockerfile.reading import Reading, Source
from ringfence.formats.document import Edit, Patch
from ringfence.models.build import Build, Instruction, Verb
from ringfence.models.service import Image

_T = TypeVar("_T")

# What only says something about the image, so that a USER before it changes nothing for it.
_QUIET = frozenset("ARG CMD ENTRYPOINT ENV EXPOSE HEALTHCHECK LABEL MAINTAINER STOPSIGNAL".split())
_ADD_ONLY = ("checksum=", "keep-git-dir=", "unpack=")
_PLAIN = re.compile(r"[^\s\"'\\`$]+")
_VARIABLE = "its value comes from a variable"
_DECIDE = "somebody has to decide what should stand there"


def patch(text: str, reading: Reading, wanted: Build) -> Patch:
    """The edits after which the text is read as `wanted`, but for what is left."""
    writer = _Writer(text, reading)
    writer.write(reading.build, wanted)
    return Patch(edits=tuple(_merged(writer.edits)), left=tuple(writer.left))


def _merged(edits: list[Edit]) -> list[Edit]:
    """Edits in their order; what two removals have in common, an end of a line, is removed once."""
    merged = list[Edit]()
    for edit in sorted(edits, key=lambda one: (one.start, one.end)):
        last = merged[-1] if merged else None
        if last is not None and edit.start < last.end and not edit.text and not last.text:
            merged[-1] = Edit(start=last.start, end=max(last.end, edit.end), text="")
        else:
            merged.append(edit)
    return merged


class _Writer:
    def __init__(self, text: str, reading: Reading) -> None:
        self._text = text
        self._reading = reading
        self._newline = "\r\n" if "\r\n" in text else "\n"
        self._gone = list[Source]()
        self.edits = list[Edit]()
        self.left = list[tuple[str, str]]()

    def write(self, old: Build, new: Build) -> None:
        """Field by field."""
        kept = _aligned(old.instructions, new.instructions)
        if kept is None:
            self.left.append(("instructions", "an instruction cannot be added"))
            kept = list(old.instructions)
        self._gone = [source for source, one in zip(self._reading.sources, kept, strict=True) if one is None]
        if (old.user, old.group) != (new.user, new.group):
            self._user(new)
        for name in ("health", "name", "user_name"):
            if getattr(old, name) != getattr(new, name) and not (name == "user_name" and old.user != new.user):
                self.left.append((name, _DECIDE))
        self._bases(old, new)
        for index, (one, after) in enumerate(zip(old.instructions, kept, strict=True)):
            if after is None:
                self._remove(self._reading.sources[index])
            elif one != after:
                self._instruction(f"instructions[{index}]", self._reading.sources[index], one, after)

    def _bases(self, old: Build, new: Build) -> None:
        """Other references; an image goes with the instruction that uses it."""
        every = range(len(old.bases))
        there = [index for index in every if not self._is_gone(self._reading.bases[index])]
        if len(new.bases) not in (len(every), len(there)):
            self.left.append(("bases", "an image comes and goes with the instruction that uses it"))
            return
        for index, after in zip(every if len(new.bases) == len(every) else there, new.bases, strict=True):
            if old.bases[index] != after and index in there:
                self._base(f"bases[{index}]", self._reading.bases[index], after)

    def _is_gone(self, word: Word) -> bool:
        return any(one.raw.start <= word.start < one.raw.end for one in self._gone)

    def _base(self, path: str, word: Word, image: Image) -> None:
        if not word.literal or self._text[word.start : word.end] != word.text:
            self.left.append((path, _VARIABLE))
        elif image.built_here:
            self.left.append((path, "an image that is built here has no reference"))
        else:
            self.edits.append(Edit(start=word.start, end=word.end, text=imageref.dump(image)))

    def _user(self, new: Build) -> None:
        """Another USER in the place of the last one where nothing behind it needs the old one, or one more."""
        final, raw = self._reading.final, self._reading.user
        if final is None or final.windows or new.user is None:
            self.left.append(("user", "which user a container for Windows has is not known" if new.user else _DECIDE))
            return
        said = f"{new.user}:{new.group if new.group is not None else new.user}"
        sources = self._reading.sources
        behind = [one for one in sources if one.raw.start > final.raw.start and one not in self._gone]
        last = next((one for one in reversed(behind) if one.raw is raw), None)
        if last is not None and all(one.raw.keyword in _QUIET or one.raw.onbuild for one in _after(behind, last)):
            word = last.words[0]
            self.edits.append(Edit(start=word.start, end=word.end, text=said))
            return
        self._add_user(said, behind)

    def _add_user(self, said: str, behind: list[Source]) -> None:
        """USER before what the image starts, where only such instructions follow, else at the end."""
        first = None
        for one in reversed(behind):
            if one.raw.keyword not in _QUIET and not one.raw.onbuild:
                break
            first = one if one.raw.keyword in ("CMD", "ENTRYPOINT") and not one.raw.onbuild else first
        if first is not None:
            start = self._line_above(first.raw.start)
            self.edits.append(Edit(start=start, end=start, text=f"USER {said}{self._newline}"))
            return
        final = self._reading.final
        last = behind[-1].raw if behind else final.raw if final else None
        if last is None or last.open:
            self.left.append(("user", "the file does not end with a whole instruction"))
            return
        self.edits.append(Edit(start=last.end, end=last.end, text=f"{self._newline}USER {said}"))

    def _line_above(self, start: int) -> int:
        """The beginning of the line, or of the comments right above it, which belong to what follows them."""
        begin = self._text.rfind("\n", 0, start) + 1
        while begin:
            above = self._text.rfind("\n", 0, begin - 1) + 1
            if not self._text[above:begin].lstrip().startswith("#"):
                break
            begin = above
        return begin

    def _remove(self, source: Source) -> None:
        """All lines of an instruction with the last line end; the comments above it stay."""
        raw = source.raw
        start = self._text.rfind("\n", 0, raw.start) + 1
        newline = self._text.find("\n", raw.end)
        if newline >= 0:
            self.edits.append(Edit(start=start, end=newline + 1, text=""))
        else:
            start = max(0, start - len(self._newline)) if self._text[:start].endswith(self._newline) else start
            self.edits.append(Edit(start=start, end=len(self._text), text=""))

    def _instruction(self, path: str, source: Source, old: Instruction, new: Instruction) -> None:
        if old.verb != new.verb:
            self._verb(path, source, old, new)
        if old.flags != new.flags:
            self.left.append((f"{path}.flags", _DECIDE))
        if old.commands != new.commands:
            self.left.append((f"{path}.commands", "a command is not rewritten"))
        if (old.stage, old.final, old.onbuild) != (new.stage, new.final, new.onbuild):
            self.left.append((path, "an instruction is not moved"))
        if old.words != new.words:
            self._words(path, source, old, new)

    def _verb(self, path: str, source: Source, old: Instruction, new: Instruction) -> None:
        raw = source.raw
        if (old.verb, new.verb) != (Verb.ADD, Verb.COPY) or any(one.startswith(_ADD_ONLY) for one in old.flags):
            self.left.append((f"{path}.verb", "one instruction cannot stand for the other"))
            return
        start = raw.keyword_start
        text = "copy" if self._text[start : start + 3].islower() else "COPY"
        self.edits.append(Edit(start=start, end=start + 3, text=text))

    def _words(self, path: str, source: Source, old: Instruction, new: Instruction) -> None:
        kept = _aligned(old.words, new.words)
        listed = old.verb in (Verb.ENV, Verb.ARG, Verb.LABEL, Verb.EXPOSE)
        if kept is None or not listed or not new.words:
            self.left.append((f"{path}.words", "no word can be added" if new.words else "no word would be left"))
            return
        for index, (before, after) in enumerate(zip(old.words, kept, strict=True)):
            if after is None:
                self._remove_word(source.words, kept, index)
            elif before != after:
                self._word(f"{path}.words[{index}]", source.words[index], after, old.verb)

    def _word(self, path: str, word: Word, text: str, verb: Verb) -> None:
        said = self._text[word.start : word.end]
        if not word.literal:
            self.left.append((path, _VARIABLE))
        elif _PLAIN.fullmatch(said) is None or _PLAIN.fullmatch(text) is None:
            self.left.append((path, "quotes are not written"))
        else:
            text = text.removesuffix("/tcp") if verb is Verb.EXPOSE and "/" not in said else text
            self.edits.append(Edit(start=word.start, end=word.end, text=text))

    def _remove_word(self, words: list[Word], kept: Sequence[str | None], index: int) -> None:
        """A word with the blanks and the continued line before it; of the first words, with those behind them."""
        if all(one is None for one in kept[:index]):
            end = words[index + 1].start
            self.edits.append(Edit(start=words[index].start, end=end, text=""))
        else:
            self.edits.append(Edit(start=words[index - 1].end, end=words[index].end, text=""))


def _after(sources: list[Source], one: Source) -> list[Source]:
    return sources[sources.index(one) + 1 :]


def _aligned(old: Sequence[_T], new: Sequence[_T]) -> list[_T | None] | None:
    """What has become of each element (None: it is gone); None where one was added."""
    gone = len(old) - len(new)
    kept, at = list[_T | None](), 0
    for index, one in enumerate(old):
        same = at < len(new) and new[at] == one
        if gone and not same and (at == len(new) or new[at] in old[index + 1 :]):
            kept.append(None)
            gone -= 1
        elif at < len(new):
            kept.append(new[at])
            at += 1
        else:
            return None
    return kept if at == len(new) else None
