"""Reports to write: a small one that is known by heart, and any that hypothesis can think of."""

import dataclasses
import datetime
from typing import Any

from hypothesis import strategies as st

from ringfence.audit.finding import Finding, Fix, Report, Waiver
from ringfence.controls.control import Reference, Severity
from ringfence.formats.document import Edit, Place, Unread

COMPOSE = """\
services:
  web:
    image: example/web
    ports:
      - "3001:3000"
    environment:
      POSTGRES_PASSWORD: hunter2hunter2
"""

EMPTY = Report(
    findings=(), unread=(), files={"compose": 2, "dockerfile": 1}, skipped=(), elapsed=0.0421, root="/srv/app"
)
NOTHING = dataclasses.replace(EMPTY, files={})


def place(line: int, column: int, end_line: int, end_column: int, file: str = "compose.yaml") -> Place:
    """A place in the Compose file, or another."""
    return Place(file=file, line=line, column=column, end_line=end_line, end_column=end_column)


PORTS = Finding(
    control="published-ports",
    title="Published ports are bound to loopback",
    severity=Severity.HIGH,
    message="port 3001 is open on every interface",
    place=place(5, 9, 5, 20),
    subject="service web",
    path="ports[0].host",
    why="Published so, a port is reachable by everybody who reaches the machine.",
    fix=Fix(
        title="bind it to 127.0.0.1",
        safe=True,
        assumption="",
        edits=(Edit(start=COMPOSE.index("3001"), end=COMPOSE.index("3001"), text="127.0.0.1:"),),
        left=(),
    ),
    waived=None,
    references=(Reference(title="CWE-668", url="https://cwe.mitre.org/data/definitions/668.html"),),
    fingerprint="5f1d0c2a9b7e4d31",
)
MEMORY = dataclasses.replace(
    PORTS,
    control="bounded-memory",
    title="Memory is bounded",
    severity=Severity.MEDIUM,
    message="no memory limit",
    place=place(2, 3, 2, 6),
    path="limits.memory_bytes",
    why="One greedy container takes the machine down.",
    fix=Fix(
        title="limit it",
        safe=False,
        assumption="memory = 268435456",
        edits=(Edit(start=COMPOSE.index("    ports"), end=COMPOSE.index("    ports"), text="    mem_limit: 256M\n"),),
        left=(("limits.swap_bytes", "it comes from another file"),),
    ),
    references=(),
    fingerprint="77aa01",
)
SECRET = dataclasses.replace(
    PORTS,
    control="no-secrets-in-environment",
    title="No secret stands in the environment",
    severity=Severity.CRITICAL,
    message="POSTGRES_PASSWORD holds a password",
    place=place(7, 7, 7, 40),
    path="environment.variables[0]",
    why="Everybody who reads the file has it.",
    fix=None,
    references=(),
    fingerprint="88bb02",
)
WAIVED = dataclasses.replace(
    PORTS,
    control="pinned-tag",
    title="An image has a tag",
    severity=Severity.LOW,
    message="the image has no tag",
    place=place(3, 12, 3, 23),
    path="image",
    why="It moves.",
    fix=None,
    waived=Waiver(
        control="pinned-tag",
        reason="only for development",
        until=datetime.date(2027, 1, 31),
        place=place(3, 24, 3, 80),
    ),
    references=(),
    fingerprint="99cc03",
)
UNREAD = Unread(place=place(3, 1, 3, 1, "charts/web.yaml"), message="it is a Helm template, and helm is not installed")

SMALL = dataclasses.replace(
    EMPTY, findings=(PORTS, WAIVED, MEMORY, SECRET), unread=(UNREAD,), skipped=(("node_modules", "ignored by git"),)
)
UNREAD_ONLY = dataclasses.replace(EMPTY, unread=(UNREAD,))
WAIVED_ONLY = dataclasses.replace(EMPTY, findings=(WAIVED,))


def read(file: str) -> str | None:
    """The texts of the files of SMALL."""
    return {"compose.yaml": COMPOSE}.get(file)


def only(finding: Finding, **changes: Any) -> Report:
    """A report with this one finding, changed."""
    return dataclasses.replace(EMPTY, findings=(dataclasses.replace(finding, **changes),))


#: Whatever a file may hold, lone surrogates and all.
anything = st.text(st.characters(exclude_categories=[]), max_size=30)
#: What people would try: the syntax of every form, turned against it.
hostile = st.sampled_from(
    [
        "<script>alert(1)</script>",
        "<script>\u202e</script><b>\xe9",
        '"><img src=x onerror=alert(1)>',
        "]]><x/>",
        "--><!--",
        "[click](https://evil.example) ![x](https://evil.example/x.png) www.evil.example @everyone #1",
        "`code` ``more`` | table | \\",
        "\n\n# heading\n\n- list\n```\nfence\n",
        "\r\n::error file=x::y\n::stop-commands::z",
        "##[group]x",
        "%0A::set-output name=x::y, a:b",
        "\x1b]0;title\x07\x1b[2J\u202e\u200b\ufeff\x00",
        "{0} {1} [a](1) {{",
        "java\tscript:",
        "\u2028\u2029\x85\x0c",
    ]
)
words = anything | hostile


@st.composite
def places(draw: st.DrawFn) -> Place:
    """Places, some outside of the text."""
    line = draw(st.integers(1, 12))
    column = draw(st.integers(1, 40))
    end_line = draw(st.integers(line, 14))
    end_column = draw(st.integers(column if end_line == line else 1, 60))
    return place(line, column, end_line, end_column, draw(st.just("compose.yaml") | words.filter(bool)))


@st.composite
def fixes(draw: st.DrawFn) -> Fix:
    """Fixes of COMPOSE with any text."""
    cuts = sorted(draw(st.lists(st.integers(0, len(COMPOSE)), max_size=6, unique=True)))
    edits = tuple(Edit(start=a, end=b, text=draw(words)) for a, b in zip(cuts[::2], cuts[1::2], strict=False))
    left = tuple(draw(st.lists(st.tuples(words, words), max_size=2)))
    return Fix(title=draw(words), safe=draw(st.booleans()), assumption=draw(words), edits=edits, left=left)


waivers = st.builds(Waiver, control=words, reason=words, until=st.none() | st.dates(), place=st.none() | places())


@st.composite
def findings(draw: st.DrawFn) -> Finding:
    """Findings of COMPOSE and of files that are gone, with any text in every field that others can fill."""
    where = draw(places())
    return Finding(
        control=draw(st.sampled_from(["published-ports", "no-secrets-in-environment", "waiver-valid"])),
        title=draw(words),
        severity=draw(st.sampled_from(Severity)),
        message=draw(words),
        place=where,
        subject=draw(words),
        path=draw(words),
        why=draw(words),
        fix=draw(st.none() | fixes()) if where.file == "compose.yaml" else None,
        waived=draw(st.none() | waivers),
        references=tuple(draw(st.lists(st.builds(Reference, title=words, url=words), max_size=2))),
        fingerprint="5f1d0c2a9b7e4d31",
    )


reports = st.builds(
    Report,
    findings=st.lists(findings(), max_size=4).map(tuple),
    unread=st.lists(st.builds(Unread, place=places(), message=words), max_size=2).map(tuple),
    files=st.just({"compose": 2}) | st.just({}),
    skipped=st.lists(st.tuples(words, words), max_size=2).map(tuple),
    elapsed=st.floats(0, 1000),
    root=words,
)
