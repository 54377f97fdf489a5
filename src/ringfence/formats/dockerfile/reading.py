"""From instructions to a `Build`: stages, variables, the images that are used, and the commands that are run."""

from ringfence.dataclasses import dataclass
from ringfence.formats import imageref
from ringfence.formats.dockerfile import arguments
from ringfence.formats.dockerfile.arguments import Word
from ringfence.formats.dockerfile.lines import Parsed, Raw
from ringfence.formats.dockerfile.problems import problem_of
from ringfence.formats.dockerfile.scripts import commands_of, is_cut
from ringfence.formats.dockerfile.stage import Stage, Variables, may_be_unprivileged, opened
from ringfence.formats.dockerfile.users import id_of
from ringfence.formats.dockerfile.words import exec_form, filled
from ringfence.models.build import Build, Instruction, Verb
from ringfence.models.service import Health, Image
from ringfence.shellwords import Command

_KNOWN = frozenset(
    "ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE HEALTHCHECK LABEL MAINTAINER RUN SHELL STOPSIGNAL USER VOLUME"
    " WORKDIR".split()
)
_VERBS = {verb.value: verb for verb in Verb if verb is not Verb.OTHER}


@dataclass(slots=True)
class Source:
    """One instruction with what it says; `stage` counts from 0, and is 0 before the first FROM, too."""

    raw: Raw
    stage: int
    flags: list[Word]
    words: list[Word]
    commands: list[Command]


@dataclass(slots=True)
class Reading:
    """What came of a file: the model, the unknown paths, what stands where, and what could not be read.

    `user` and `health` are the instructions that hold for the image in the end, of whichever stage.
    """

    build: Build
    unknown: frozenset[str]
    sources: list[Source]
    bases: list[Word]
    final: Stage | None
    user: Raw | None
    health: Raw | None
    problems: list[tuple[int, str]]


def read(parsed: Parsed, text: str) -> Reading:
    """Work a file's instructions out. Never raises."""
    return _Reader(parsed, text).read()


class _Reader:
    def __init__(self, parsed: Parsed, text: str) -> None:
        self._raws = parsed.instructions
        self._text = text
        self._escape = parsed.escape
        self._problems = list(parsed.problems)
        self._globals = Variables()
        self._stages = list[Stage]()
        self._later = {name for raw in self._raws if (name := _stage_name(raw))}
        self._images = list[Image]()
        self._bases = list[Word]()
        self._unknown = set[str]()
        self._sources = list[Source]()

    def read(self) -> Reading:
        """Go through all instructions, then look at the last stage."""
        for raw in self._raws:
            if raw.keyword == "FROM" and not raw.onbuild:
                self._from(raw)
            elif raw.keyword in _KNOWN:
                self._take(raw)
            else:
                self._problem(raw, problem_of(raw) or f"there is no instruction {raw.keyword[:40]}")
        if not self._stages:
            self._problems.append((self._raws[0].line if self._raws else 1, "there is no FROM, so it builds no image"))
        return self._reading()

    def _reading(self) -> Reading:
        final = self._stages[-1] if self._stages else None
        chain = final.chain() if final else []
        raw, user, group, name = self._user(chain)
        health = next((one.health for one in chain if one.health is not None), None)
        if chain and chain[-1].scratch and not any(one.starts for one in chain):
            self._unknown |= {"user", "health"}  # it holds files only: whoever starts it says how
        build = Build(
            name="image",
            bases=tuple(self._images),
            user=user,
            group=group,
            user_name=name,
            health=Health(live=bool(health and health[1]), ready=bool(health and health[1])),
            instructions=self._instructions(chain),
        )
        found = health[0] if health else None
        return Reading(build, frozenset(self._unknown), self._sources, self._bases, final, raw, found, self._problems)

    def _instructions(self, chain: list[Stage]) -> tuple[Instruction, ...]:
        final = {number for number, stage in enumerate(self._stages) if stage in chain}
        return tuple(
            Instruction(
                verb=_VERBS.get(one.raw.keyword, Verb.OTHER),
                stage=one.stage,
                final=one.stage in final,
                words=tuple([word.text for word in one.words]),
                flags=tuple([flag.text for flag in one.flags]),
                commands=tuple([command.words for command in one.commands]),
                onbuild=one.raw.onbuild,
            )
            for one in self._sources
        )

    def _problem(self, raw: Raw, message: str) -> None:
        self._problems.append((raw.line, message))

    def _from(self, raw: Raw) -> None:
        flags, at = arguments.flags(raw, self._globals.value)
        words = [one for one in raw.body[at:].split() if one]
        name = _stage_name(raw)
        if not words:
            self._problem(raw, "FROM names no image")
        elif len(words) != 1 and not (len(words) == 3 and words[1].upper() == "AS"):
            self._problem(raw, "FROM has an image, or an image, AS and a name")
        base = None
        if words:
            said, _ = filled(words[0], self._globals.value, self._escape)
            base = Word(said, *raw.span(at, at + len(words[0])), "$" not in words[0])
        parent = self._stage(base.text) if base else None
        image = self._image(base) if base and parent is None and base.text != "scratch" else None
        windows = self._escape == "`" or any(flag.text.startswith("platform=windows") for flag in flags)
        self._stages.append(opened(raw, name, parent, base, image, windows))

    def _stage(self, name: str) -> Stage | None:
        lower = name.lower()
        return next((one for one in reversed(self._stages) if one.name == lower), None) if lower else None

    def _image(self, base: Word) -> Image | None:
        """Note an image that a registry is asked for; None where its reference is not known."""
        image = None if "$" in base.text else imageref.parse(base.text)
        if image is None:
            self._unknown.add(f"bases[{len(self._bases)}]")
        self._bases.append(base)
        self._images.append(image or Image(name=base.text, tag=None, digest=None, built_here=False))
        return image

    def _take(self, raw: Raw) -> None:
        stage = self._stages[-1] if self._stages else None
        if stage is None and raw.keyword != "ARG":
            self._problem(raw, f"{raw.keyword} stands before the first FROM")
        variables = stage.variables if stage else self._globals
        flags, at = arguments.flags(raw, variables.value)
        words = arguments.words(raw, at, variables.value, self._escape)
        commands = commands_of(raw, at, stage.shell, self._text) if stage else []
        if raw.keyword == "RUN" and is_cut(raw, commands):
            self._problem(raw, "the instruction is longer than what is examined of one")
        problem = problem_of(raw, words, at)
        if problem:
            self._problem(raw, problem)
        number = len(self._sources)
        self._unknown.update(f"instructions[{number}].words[{at}]" for at, word in enumerate(words) if word.unknown)
        self._sources.append(Source(raw, max(0, len(self._stages) - 1), flags, words, commands))
        for flag in flags:
            self._copied_from(raw, flag)
        if raw.keyword == "ARG":
            self._argument(variables, words)
        elif stage is not None and not raw.onbuild:
            _effect(stage, self._sources[-1])

    def _argument(self, variables: Variables, words: list[Word]) -> None:
        """ARG with a default has it; without one it has that of the ARG before the first FROM, or none."""
        for word in words:
            name, equals, value = word.text.partition("=")
            known = None if "$" in value and not word.literal else value
            variables.arguments[name] = known if equals else self._globals.arguments.get(name)

    def _copied_from(self, raw: Raw, flag: Word) -> None:
        """`--from=image`, or `from=image` of a mount, is pulled like a base; an earlier stage or its number is none."""
        offset = len("from=") if flag.text.startswith("from=") else None
        if flag.text.startswith("mount="):
            at = flag.text.find(",from=")
            offset = at + len(",from=") if at >= 0 else len("mount=from=") if flag.text[6:11] == "from=" else None
        if offset is None:
            return
        source = flag.text[offset:].split(",", 1)[0]
        self._used(raw, source, Word(source, *_part(flag, offset, source, self._text), flag.literal))

    def _used(self, raw: Raw, source: str, word: Word) -> None:
        if source.isdecimal():
            if len(source) > 6 or int(source) >= len(self._stages) - 1:
                self._problem(raw, f"there is no stage {source[:20]} before this one")
        elif source and source != "scratch" and self._stage_before(source) is None:
            if source.lower() in self._later:
                self._problem(raw, f"the stage {source[:40]} does not stand before this one")
            else:
                self._image(word)

    def _stage_before(self, name: str) -> Stage | None:
        return next((one for one in self._stages[:-1] if one.name and one.name == name.lower()), None)

    def _user(self, chain: list[Stage]) -> tuple[Raw | None, int | None, int | None, str]:
        """The effective USER: where it stands, its ids and its text."""
        stage = next((one for one in chain if one.user is not None), None)
        self._unknown.add("group")  # that of the user, as the image knows it
        if stage is None or stage.user is None:
            base = chain[-1] if chain else None
            if base is not None and (base.windows or (base.image and may_be_unprivileged(imageref.dump(base.image)))):
                self._unknown.add("user")
            return None, 0 if base is not None and base.scratch else None, None, ""
        raw, said = stage.user
        name, _, group_name = said.partition(":")
        user = id_of(name, stage.accounts.users)
        group = id_of(group_name, stage.accounts.groups) if group_name else None
        if user is None or (chain[0].windows and user != 0):  # Windows knows no root
            self._unknown.add("user")
        if group is not None and user != 0:  # root's group need not be told beside root
            self._unknown.discard("group")
        return raw, user, group, said


def _effect(stage: Stage, source: Source) -> None:
    """What an instruction changes for those behind it."""
    raw = source.raw
    if raw.keyword == "ENV":
        for word in source.words:
            name, _, value = word.text.partition("=")
            stage.variables.environment[name] = None if "$" in value and not word.literal else value
    elif raw.keyword == "USER" and source.words:
        stage.user = (raw, (source.words[0].text.split() or [""])[0])
    elif raw.keyword == "HEALTHCHECK" and source.words:
        stage.health = (raw, source.words[0].text.strip().upper() != "NONE")
    elif raw.keyword == "SHELL":
        stage.set_shell(exec_form(raw.body) or stage.shell)
    elif raw.keyword in ("CMD", "ENTRYPOINT"):
        stage.starts = True
    elif raw.keyword == "RUN":
        for command in source.commands:
            if "add" in command.words[0] or (len(command.words) > 1 and "add" in command.words[1]):
                stage.accounts.note(tuple(filled(word, stage.variables.value)[0] for word in command.words))


def _stage_name(raw: Raw) -> str:
    """The lower-case name that FROM gives to its stage; "" for none."""
    words = raw.body.split() if raw.keyword == "FROM" else []
    return words[-1].lower() if len(words) > 2 and words[-2].upper() == "AS" else ""


def _part(flag: Word, offset: int, source: str, text: str) -> tuple[int, int]:
    """Where a part of a flag stands: exactly where the flag is written as it reads, else the whole flag."""
    start = flag.start + 2 + offset
    return (start, start + len(source)) if text.startswith(source, start) and source else (flag.start, flag.end)
