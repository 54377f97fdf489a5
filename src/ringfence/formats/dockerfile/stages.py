"""From instructions to a `Build`: stages, variables, users, and the commands that are run."""

import re

from ringfence import dataclasses
from ringfence.dataclasses import dataclass, field
from ringfence.formats import imageref
from ringfence.formats.dockerfile.lines import Parsed, Raw
from ringfence.formats.dockerfile.words import OPEN, exec_form, filled, flags, pairs, split, unquoted
from ringfence.models.build import Build, Instruction, Verb
from ringfence.models.service import Health, Image
from ringfence.shellwords import commands

_KNOWN = frozenset(
    "ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER RUN SHELL STOPSIGNAL USER VOLUME"
    " WORKDIR".split()
)
_VERBS = {verb.value: verb for verb in Verb if verb is not Verb.OTHER}
_SHELLS = frozenset("sh bash ash dash zsh ksh /bin/sh /bin/bash".split())
#: Tags that say that the image's own user is not root.
_UNPRIVILEGED = re.compile(r"non-?root|unprivileged|rootless")


@dataclass(slots=True)
class Stage:
    """One FROM with what its instructions set. `parent` is the stage it is built from, None for an image."""

    raw: Raw
    name: str
    parent: int | None
    image: Image | None
    variables: dict[str, str | None]
    user: Raw | None = None
    healthy: bool | None = None
    ids: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Reading:
    """What came of a file: the model, what is unknown, offsets of model paths, and what could not be read."""

    build: Build
    unknown: set[str]
    at: dict[str, tuple[int, int]]
    raws: list[Raw]
    user: Raw | None
    final: Raw | None
    problems: list[tuple[int, str]]


def read(parsed: Parsed) -> Reading:
    """Work a file's instructions out. Never raises."""
    return _Reader(parsed).read()


class _Reader:
    def __init__(self, parsed: Parsed) -> None:
        self._raws = parsed.instructions
        self._problems = list(parsed.problems)
        self._globals = dict[str, str | None]()
        self._stages = list[Stage]()
        self._bases = list[Image]()
        self._unknown = set[str]()
        self._at = dict[str, tuple[int, int]]()
        self._made = list[Instruction]()

    def read(self) -> Reading:
        for raw in self._raws:
            if raw.keyword == "FROM":
                self._from(raw)
            elif raw.keyword not in _KNOWN:
                self._problems.append((raw.line, f"there is no instruction {raw.keyword[:40]}"))
            elif not self._stages:
                self._before(raw)
            if raw.keyword in _KNOWN and raw.keyword != "FROM":
                self._take(raw)
        if not self._stages:
            line = self._raws[0].line if self._raws else 1
            self._problems.append((line, "there is no FROM, so it builds no image"))
        chain = self._chain()
        user_raw, user, group, name = self._user(chain)
        healthy = next((one.healthy for one in chain if one.healthy is not None), False)
        final = {self._stages.index(one) for one in chain}
        build = Build(
            name="image",
            bases=tuple(self._bases),
            user=user,
            group=group,
            user_name=name,
            health=Health(live=healthy, ready=healthy),
            instructions=tuple(self._with_final(one, final) for one in self._made),
        )
        last = self._stages[-1].raw if self._stages else None
        kept = [raw for raw in self._raws if raw.keyword in _KNOWN and raw.keyword != "FROM"]
        return Reading(build, self._unknown, self._at, kept, user_raw, last, self._problems)

    def _before(self, raw: Raw) -> None:
        if raw.keyword != "ARG":
            self._problems.append((raw.line, f"{raw.keyword} stands before the first FROM"))
            return
        for name, value, _ in pairs(raw.body):
            self._globals[name] = filled(value, self._globals) if "=" in raw.body else None

    def _from(self, raw: Raw) -> None:
        _, at = flags(raw)
        words = split(raw.body[at:])
        said = filled(unquoted(words[0][0]), self._globals) if words else ""
        name = words[2][0].lower() if len(words) > 2 and words[1][0].upper() == "AS" else ""
        parent = self._stage(said)
        image = None
        if parent is None and said not in ("scratch", ""):
            offset = raw.offset(at + words[0][1])
            image = self._base(said, offset, offset + len(words[0][0]))
        elif not said:
            self._problems.append((raw.line, "FROM names no image"))
        inherited = dict(self._stages[parent].variables) if parent is not None else {}
        ids = dict(self._stages[parent].ids) if parent is not None else {}
        self._stages.append(Stage(raw, name, parent, image, inherited, ids=ids))

    def _stage(self, word: str) -> int | None:
        lower = word.lower()
        return next((at for at in range(len(self._stages) - 1, -1, -1) if lower == self._stages[at].name), None)

    def _base(self, said: str, start: int, end: int) -> Image | None:
        path = f"bases[{len(self._bases)}]"
        self._at[path] = (start, end)
        image = None if OPEN in said else imageref.parse(said)
        if image is None:
            self._unknown.add(path)
        self._bases.append(image or Image(name=said, tag=None, digest=None, built_here=False))
        return image

    def _take(self, raw: Raw) -> None:
        stage = self._stages[-1] if self._stages else None
        variables = stage.variables if stage else self._globals
        given, at = flags(raw)
        rest = raw.body[at:]
        path = f"instructions[{len(self._made)}]"
        self._at[path] = (raw.start, raw.end)
        words = self._words(raw, rest, at, path, variables)
        self._made.append(
            Instruction(
                verb=_VERBS.get(raw.keyword, Verb.OTHER),
                stage=max(0, len(self._stages) - 1),
                final=False,
                words=words,
                flags=tuple(filled(one, variables) for one in given),
                commands=self._commands(raw, rest, at, path),
                onbuild=raw.onbuild,
            )
        )
        if stage is not None and not raw.onbuild:
            self._effect(stage, raw, rest, self._made[-1])
        for one in given:
            self._copied_from(raw, filled(one, variables))

    def _copied_from(self, raw: Raw, flag: str) -> None:
        """`--from=image`, which is pulled like a base; a stage or its number is none."""
        source = flag.removeprefix("from=") if flag.startswith("from=") else ""
        for part in flag.split(",") if flag.startswith("mount=") else ():
            source = part.removeprefix("from=") if part.startswith("from=") else source
        if source and not source.isdecimal() and self._stage(source) is None and source != "scratch":
            self._base(source, raw.start, raw.start + len(raw.keyword))

    def _words(self, raw: Raw, rest: str, at: int, path: str, variables: dict[str, str | None]) -> tuple[str, ...]:
        if raw.keyword in ("ENV", "LABEL", "ARG"):
            found = list[str]()
            for name, value, offset in pairs(rest):
                start = raw.offset(at + offset)
                self._at[f"{path}.words[{len(found)}]"] = (start, start + len(split(rest[offset:])[0][0]))
                has_value = raw.keyword != "ARG" or "=" in rest[offset:].split(maxsplit=1)[0]
                said = filled(value, variables)
                if OPEN in said:
                    self._unknown.add(f"{path}.words[{len(found)}]")
                found.append(f"{name}={said}" if has_value else name)
            return tuple(found)
        if raw.keyword in ("ADD", "COPY"):
            array = exec_form(rest)
            parts = array if array is not None else tuple(unquoted(word) for word, _ in split(rest))
            return tuple(filled(one, variables) for one in parts if not one.startswith("<<"))
        if raw.keyword == "EXPOSE":
            parts = tuple(filled(unquoted(word), variables) for word, _ in split(rest))
            return tuple(one if "/" in one else f"{one}/tcp" for one in parts)
        return (filled(rest.strip(), variables),)

    def _commands(self, raw: Raw, rest: str, at: int, path: str) -> tuple[tuple[str, ...], ...]:
        if raw.keyword not in ("RUN", "CMD", "ENTRYPOINT", "HEALTHCHECK"):
            return ()
        body = re.sub(r"^\s*CMD\s", lambda match: " " * len(match[0]), rest) if raw.keyword == "HEALTHCHECK" else rest
        array = exec_form(body)
        if array is not None:
            return self._exec(array, path, raw)
        found = list[tuple[str, ...]]()
        for command in commands(body):
            start, end = raw.offset(at + command.offset), raw.offset(at + command.end - 1) + 1
            self._at[f"{path}.commands[{len(found)}]"] = (start, end)
            found.append(command.words)
        if raw.heredocs and _is_shell(found, body):
            for heredoc in raw.heredocs:
                for command in commands(heredoc.text):
                    span = (heredoc.offset + command.offset, heredoc.offset + command.end)
                    self._at[f"{path}.commands[{len(found)}]"] = span
                    found.append(command.words)
        return tuple(found)

    def _exec(self, array: tuple[str, ...], path: str, raw: Raw) -> tuple[tuple[str, ...], ...]:
        """An array is one command; a shell's `-c` holds more."""
        found = [array] if array else []
        if len(array) > 2 and array[0] in _SHELLS and array[1].startswith("-") and "c" in array[1]:
            found += [one.words for one in commands(array[2])]
        for number in range(len(found)):
            self._at[f"{path}.commands[{number}]"] = (raw.start, raw.end)
        return tuple(found)

    def _effect(self, stage: Stage, raw: Raw, rest: str, made: Instruction) -> None:
        if raw.keyword == "ENV":
            for word in made.words:
                name, _, value = word.partition("=")
                stage.variables[name] = None if OPEN in value else value
        elif raw.keyword == "ARG":
            for word in made.words:
                name, equals, value = word.partition("=")
                known = None if OPEN in value else value
                stage.variables.setdefault(name, known if equals else self._globals.get(name))
        elif raw.keyword == "USER":
            stage.user = raw
        elif raw.keyword == "HEALTHCHECK":
            stage.healthy = rest.strip().upper() != "NONE"
        elif raw.keyword == "RUN":
            for words in made.commands:
                _note_user(stage, words)

    def _chain(self) -> list[Stage]:
        """The last stage, the one it is built from, and so on."""
        found = list[Stage]()
        at: int | None = len(self._stages) - 1 if self._stages else None
        while at is not None and len(found) <= len(self._stages):
            found.append(self._stages[at])
            at = self._stages[at].parent
        return found

    def _user(self, chain: list[Stage]) -> tuple[Raw | None, int | None, int | None, str]:
        """The effective USER: where it stands, its ids and its name."""
        self._unknown.add("group")
        stage = next((one for one in chain if one.user is not None), None)
        if stage is None or stage.user is None:
            base = chain[-1].image if chain else None
            if (
                not chain
                or "bases" in self._unknown
                or (base is not None and _UNPRIVILEGED.search(imageref.dump(base)))
            ):
                self._unknown.add("user")
            return None, None, None, ""
        said = filled(unquoted(stage.user.body.strip()), stage.variables)
        name, _, group = said.partition(":")
        user = 0 if name == "root" else int(name) if name.isdecimal() and len(name) < 19 else stage.ids.get(name)
        if user is None:
            self._unknown.add("user")
        if group.isdecimal() and len(group) < 19:
            self._unknown.discard("group")
        return stage.user, user, int(group) if group.isdecimal() and len(group) < 19 else None, said

    def _with_final(self, one: Instruction, final: set[int]) -> Instruction:
        return dataclasses.replace(one, final=True) if one.stage in final else one


def _is_shell(found: list[tuple[str, ...]], body: str) -> bool:
    """Whether a here-document is a script: it stands alone, or a shell reads it."""
    return not found or (len(found) == 1 and found[0][0].rpartition("/")[2] in {"sh", "bash", "ash", "dash"})


def _note_user(stage: Stage, words: tuple[str, ...]) -> None:
    """`useradd -u 1000 app` and its kin tell which id a name has."""
    if words[0].rpartition("/")[2] not in ("useradd", "adduser"):
        return
    for at, word in enumerate(words[1:-1], 1):
        long = word.startswith("--uid=")
        if word in ("-u", "--uid") or long:
            number = word.partition("=")[2] if long else words[at + 1]
            names = [one for one in words[1:] if not one.startswith("-") and not one.isdecimal()]
            if number.isdecimal() and len(number) < 19:
                for name in names:
                    stage.ids[name] = int(number)
