"""Secrets of what is too large to be held: the same ones at the same places, whatever the windows are."""

import io
import random
import string
import tracemalloc

import pytest

from ringfence.secrets import stream
from ringfence.secrets.scan import scan

DRAW = random.Random(20261121)


def secret() -> str:
    return "".join(DRAW.choice(string.ascii_letters + string.digits) for _ in range(20)) + "7b"


def places(text: str) -> list[tuple[int, int]]:
    found = scan(text, "a.py")
    return [(text.count("\n", 0, one.start) + 1, one.start - text.rfind("\n", 0, one.start)) for one in found]


@pytest.mark.parametrize("window", [40_000, 65_537, 300_000])
def test_windows_change_nothing(monkeypatch: pytest.MonkeyPatch, window: int) -> None:
    """What is found at once is found in windows of any size: at the edges too, once, with its line and column."""
    monkeypatch.setattr(stream, "_WINDOW", window)
    text = "".join(
        f'password = "{secret()}"\n' if DRAW.random() < 0.01 else "some words, ä and ö, in a line\n"
        for _ in range(20_000)
    )
    searched = stream.search(io.BytesIO(text.encode()), "a.py")
    assert (searched.whole, searched.listed) == (True, True)
    assert [(one.line, one.column) for one in searched.found] == places(text)
    assert len(searched.found) > 100


def test_a_text_of_one_line_and_another_encoding(monkeypatch: pytest.MonkeyPatch) -> None:
    """A window may end within a character and within the secret."""
    monkeypatch.setattr(stream, "_WINDOW", 50_001)
    token = "glpat" + "-" + secret()
    for before in range(49_990, 50_010):
        text = "ä" * before + f" {token} " + "b " * 100_000
        for encoding in ("utf-8", "utf-16"):
            [one] = stream.search(io.BytesIO(text.encode(encoding)), "a.txt", encoding).found
            assert (one.line, one.column, one.end_column) == (1, before + 2, before + 2 + len(token))


class _Endless(io.RawIOBase):
    """A line without an end."""

    def read(self, size: int = -1, /) -> bytes:
        return (b"word=12, " * (size // 9 + 1))[:size]


def test_a_line_without_end_takes_the_memory_of_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """64 MiB of one line are read in a few windows' memory, and it is said that there is more."""
    monkeypatch.setattr(stream, "MAX_BYTES", 64 << 20)
    tracemalloc.start()
    try:
        searched = stream.search(_Endless(), "a.txt")  # type: ignore[arg-type]
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert searched == stream.Searched(found=(), whole=False, listed=True)
    assert peak < 10 * stream._WINDOW
