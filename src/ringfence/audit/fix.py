"""Puts files right: one fault after another, each checked on the text that it leads to before it is kept.

A fix stays only if what it was for is gone, nothing is newly at fault, nothing that could be read before is
unreadable now, and no other subject changed but in the way that its own hardening wants (a shared anchor). What
stands in another file is fixed there or not at all.
"""

import os
import re
import secrets
import stat
from bisect import bisect_left, insort
from collections.abc import Callable

from ringfence.audit.judge import faults, lacking
from ringfence.audit.kinds import Kind
from ringfence.audit.settings import Settings
from ringfence.audit.waivers import Comment, comments, of_comment, of_entry
from ringfence.controls.control import Control, Decision, Fault, Scope
from ringfence.controls.hardening import put_right
from ringfence.dataclasses import dataclass
from ringfence.errors import ConfigError
from ringfence.formats.document import Document, Edit, Read, Subject, applied

#: Fixes made in one file at most; each makes at least one fault less.
MAX_STEPS = 2000

#: What lets one edit reach several subjects of a YAML file: then each is put right in its turn.
_SHARED = re.compile(r"[&*<]|\b(extends|include|kustomize)\b")

Key = tuple[str, str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Fixed:
    """What became of a text: the new one, how many faults were put right, and what could not be: (subject, why)."""

    text: str
    made: int
    left: tuple[tuple[str, str], ...]
    assumptions: tuple[str, ...]


def fixed(text: str, file: str, kind: Kind, read: Read, settings: Settings, *, unsafe: bool) -> Fixed:
    """The text with everything put right that needs no decision; with `unsafe`, also what can break an application."""
    return _Fixer(file, kind, read, settings, unsafe).run(text)


class _Fixer:
    def __init__(self, file: str, kind: Kind, read: Read, settings: Settings, unsafe: bool) -> None:
        self._file = file
        self._read = read
        self._settings = settings
        self._unsafe = unsafe
        self._of_yaml = kind.scope in (Scope.COMPOSE, Scope.KUBERNETES)
        self._waived = ("", self._comments(""))
        self._load: Callable[[str, str, Read], Document] = kind.format().load
        self._given_up = dict[Key, str]()
        self._assumptions = dict[str, None]()

    def run(self, text: str) -> Fixed:
        document = self._load(text, self._file, self._read)
        made = tried = 0
        apart = self._of_yaml and not _SHARED.search(text)
        while apart and (step := self._together(document)) is not None:
            document, count = step
            made += count
        for _ in range(MAX_STEPS):
            step = self._step(document)
            if step is None:
                if made == tried or not self._given_up:
                    break
                tried = made  # what others stood in the way of is tried once more
                self._given_up.clear()
                continue
            document, count = step
            made += count
        left = tuple((key[0], why) for key, why in self._given_up.items())
        return Fixed(text=document.text, made=made, left=left, assumptions=tuple(self._assumptions))

    def _together(self, document: Document) -> tuple[Document, int] | None:
        """The document after the faults of several subjects are put right at once; None where that does not hold.

        Each of a thousand services would else cost a reading of the whole file.
        """
        edits = list[Edit]()
        groups = dict[int, list[tuple[Control, Fault]]]()
        for subject in document.subjects:
            wanted = self._fixable(document, subject)
            patch = self._alone(document, subject, wanted)
            if patch and not any(_meets(one, edits) for one in patch):
                for one in patch:
                    insort(edits, one, key=_start)
                groups[id(subject)] = wanted
        if len(groups) < 2:
            return None
        try:
            after = self._load(applied(document.text, tuple(edits)), self._file, self._read)
        except ValueError:
            return None
        was, now = _told_apart(document), _told_apart(after)
        if len(after.unread) > len(document.unread) or list(was) != list(now):
            return None
        for name, subject in was.items():
            before, left = self._keys(subject), self._keys(now[name])
            wanted = groups.get(id(subject), [])
            if not left <= before or left & {_key(subject, *one) for one in wanted}:
                return None
            if not wanted and subject.model != now[name].model:
                return None
        for wanted in groups.values():
            self._note(wanted)
        return after, sum(map(len, groups.values()))

    def _alone(self, document: Document, subject: Subject, wanted: list[tuple[Control, Fault]]) -> tuple[Edit, ...]:
        """The edits for one subject, where they need nothing else."""
        if not wanted:
            return ()
        try:
            patch = document.patch(subject, put_right(subject.model, [fault for _, fault in wanted]))
        except ValueError:
            return ()
        return () if lacking(patch, [fault for _, fault in wanted]) else patch.edits

    def _step(self, document: Document) -> tuple[Document, int] | None:
        """The document after the next subject's faults are put right; None when nothing more can be."""
        for subject in document.subjects:
            wanted = self._fixable(document, subject)
            if not wanted:
                continue
            # All of a subject at once; where that fails, one by one, so that one bad fix does not stop the others.
            for group in [wanted, *([one] for one in wanted)] if len(wanted) > 1 else [wanted]:
                after = self._tried(document, subject, group)
                if after is not None:
                    self._note(group)
                    return after, len(group)
        return None

    def _fixable(self, document: Document, subject: Subject) -> list[tuple[Control, Fault]]:
        if self._waived[0] != document.text:
            self._waived = document.text, self._comments(document.text)
        waived = self._waived[1]
        found = list[tuple[Control, Fault]]()
        for control, fault in faults(subject, self._settings):
            if isinstance(fault.want, Decision) or (control.unsafe_fix and not self._unsafe):
                continue
            place = document.place(subject, fault.path)
            accepted = of_comment(waived, control.id, place.line) or of_entry(
                self._settings.waivers, control.id, place.file, subject.name, self._settings.today
            )
            if accepted is None and _key(subject, control, fault) not in self._given_up:
                found.append((control, fault))
        return found

    def _comments(self, text: str) -> list[Comment]:
        return comments(text, self._file, self._settings.today) if self._settings.heeds_comments else []

    def _tried(self, document: Document, subject: Subject, group: list[tuple[Control, Fault]]) -> Document | None:
        """The document with these faults put right; None, and noted why, where that does not hold."""
        after = self._made(document, subject, group)
        why = after if isinstance(after, str) else self._why_not(document, after, subject, group)
        if not why and not isinstance(after, str):
            return after
        if len(group) == 1:  # a group of several is tried again one by one
            self._given_up[_key(subject, *group[0])] = why
        return None

    def _made(self, document: Document, subject: Subject, group: list[tuple[Control, Fault]]) -> Document | str:
        """The document after the patch, or why there is none."""
        try:
            patch = document.patch(subject, put_right(subject.model, [fault for _, fault in group]))
            if not patch.edits:
                return patch.left[0][1] if patch.left else "nothing can be changed here"
            lacks = lacking(patch, [fault for _, fault in group])
            if lacks:
                return lacks
            return self._load(applied(document.text, patch.edits), self._file, self._read)
        except ValueError as error:
            return str(error)

    def _why_not(self, before: Document, after: Document, subject: Subject, group: list[tuple[Control, Fault]]) -> str:
        """What speaks against a patched document; "" where nothing does."""
        if len(after.unread) > len(before.unread):
            return f"the file would be broken: {after.unread[-1].message}"
        was, now = _told_apart(before), _told_apart(after)
        if not _same_subjects(before, after):
            return "other things would be read from the file"
        if any(self._keys(now[name]) for name in now.keys() - was.keys()):
            return "what would be added is at fault itself"
        own = next((name for name, one in was.items() if one is subject), None)
        still = self._keys(now[own]) if own in now else set[Key]()
        if any(_key(subject, control, fault) in still for control, fault in group):
            return "the change is not enough: the value also comes from elsewhere"
        for name, one in was.items():
            other = now.get(name)
            changed = other is not None and one.name != subject.name and one.model != other.model
            if changed and other is not None and not self._keys(other) < self._keys(one):
                return f"it would also change {one.name}"
        return ""

    def _keys(self, subject: Subject) -> set[Key]:
        return {_key(subject, control, fault) for control, fault in faults(subject, self._settings)}

    def _note(self, group: list[tuple[Control, Fault]]) -> None:
        for _, fault in group:
            if fault.assumption:
                self._assumptions[fault.assumption] = None


def _start(edit: Edit) -> int:
    return edit.start


def _meets(one: Edit, edits: list[Edit]) -> bool:
    """Whether an edit touches what one of these (in order) touches, or stands at the same place."""
    at = bisect_left(edits, one.start, key=_start)
    follows = at < len(edits) and (edits[at].start == one.start or edits[at].start < one.end)
    return follows or (at > 0 and edits[at - 1].end > one.start)


def _told_apart(document: Document) -> dict[tuple[str, str, int], Subject]:
    """The subjects by name, type of model, and which of these: a resource can be judged as several things."""
    found = dict[tuple[str, str, int], Subject]()
    for one in document.subjects:
        kind, count = type(one.model).__name__, 0
        while (one.name, kind, count) in found:
            count += 1
        found[one.name, kind, count] = one
    return found


def _same_subjects(before: Document, after: Document) -> bool:
    """Whether all that was read is read again, in its order. A resource may be added to make another one safe, or be
    judged as more things than before; and what is only there to be forbidden may go."""
    was = [one.name for one in before.subjects if type(one.model).__name__ != "PodContext"]
    names = [one.name for one in after.subjects if type(one.model).__name__ != "PodContext"]
    if any(one.scope is Scope.TERRAFORM for one in after.subjects):
        was = list(dict.fromkeys(was))
        names = [name for name in dict.fromkeys(names) if name in set(was)]
    return was == names


def _key(subject: Subject, control: Control, fault: Fault) -> Key:
    return subject.name, control.id, fault.path


def write(path: str, before: bytes, after: bytes) -> None:
    """Replace a file whole: whoever looks finds the old or the new one. Raises ConfigError, and then nothing changed.

    Mode and owner stay. A file that changed since it was read, a link, or what is no regular file is left alone.
    """
    folder, name = os.path.split(os.path.abspath(path))
    try:
        # Held open: whoever may rename folders could else lead the new file elsewhere.
        place = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError as error:
        raise ConfigError(f"cannot be written: {error.strerror}", file=path) from None
    try:
        if os.readlink(f"/proc/self/fd/{place}") != folder:
            raise ConfigError("lies behind a link, so it is not changed", file=path)
        _replace(place, name, before, after, path)
    except OSError as error:
        raise ConfigError(f"cannot be written: {error.strerror}", file=path) from None
    finally:
        os.close(place)


def _replace(place: int, name: str, before: bytes, after: bytes, path: str) -> None:
    status = os.stat(name, dir_fd=place, follow_symlinks=False)
    if not stat.S_ISREG(status.st_mode):
        raise ConfigError("is a link or no regular file, so it is not changed", file=path)
    with open(os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=place), "rb") as file:
        if file.read(len(before) + 1) != before:
            raise ConfigError("was changed by somebody else meanwhile, so it is left alone", file=path)
    made = f".ringfence-{secrets.token_hex(8)}"
    descriptor = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600, dir_fd=place)
    try:
        with open(descriptor, "wb") as file:
            file.write(after)
            file.flush()
            os.fchmod(descriptor, stat.S_IMODE(status.st_mode))
            if (status.st_uid, status.st_gid) != (os.geteuid(), os.getegid()):
                os.fchown(descriptor, status.st_uid, status.st_gid)
            os.fsync(descriptor)
        os.replace(made, name, src_dir_fd=place, dst_dir_fd=place)
    except BaseException:
        os.unlink(made, dir_fd=place)
        raise


__all__ = ["Fixed", "fixed", "write"]
