"""The Markdown summary: short, and no text of others is more than text in it."""

import dataclasses
import re

import pytest
from hypothesis import given, settings

from reports import reportkit as kit
from ringfence.audit.reports import markdown, render

SMALL = """\
## Ringfence audit

**3 findings** in 1 file: 1 critical, 1 high, 1 medium; 1 waived. Examined 3 files (2 compose, 1 dockerfile) in 0.04 s.
2 can be fixed: `ringfence audit --fix` makes 1, `--unsafe-fixes` 1 more (`--diff` shows what would change; \
unsafe ones can break what runs now).

### Could not be examined

- `charts/web.yaml` line 3: it is a Helm template, and helm is not installed

### `compose.yaml`

- **critical** `no-secrets-in-environment` line 7, service web: `POSTGRES_PASSWORD` holds a password
- **high** `published-ports` line 5, service web: port 3001 is open on every interface
  <details><summary>fix (safe)</summary>

  bind it to `127.0.0.1`

  ```diff
       ports:
  -      - "3001:3000"
  +      - "127.0.0.1:3001:3000"
       environment:
  ```

  </details>
- **medium** `bounded-memory` line 2, service web: no memory limit
  <details><summary>fix (unsafe)</summary>

  limit it

  ```diff
       image: example/web
  +    mem_limit: 256M
       ports:
  ```

  </details>
"""


def test_the_whole_summary():
    """Numbers, what is unread, then the findings of every file, the worst first, with their fixes folded up."""
    assert render("markdown", kit.SMALL, kit.read) == SMALL


@pytest.mark.parametrize(
    ("report", "said"),
    [
        (kit.EMPTY, "**Nothing found**. Examined 3 files (2 compose, 1 dockerfile) in 0.04 s."),
        (kit.NOTHING, "**Nothing was examined**. Examined 0 files in 0.04 s."),
        (kit.WAIVED_ONLY, "**Nothing found**; 1 waived. Examined 3 files (2 compose, 1 dockerfile) in 0.04 s."),
    ],
)
def test_a_report_without_findings(report, said):
    """Clean, waived and not examined at all are three different sentences."""
    assert render("markdown", report, kit.read) == f"## Ringfence audit\n\n{said}\n"


def test_unread_alone_is_told():
    """Nothing found is not said alone where something could not be examined."""
    shown = render("markdown", kit.UNREAD_ONLY, kit.read)
    assert "### Could not be examined\n\n- `charts/web.yaml` line 3: " in shown


def test_no_more_than_two_hundred_findings():
    """The worst two hundred are listed, and how many there are besides."""
    some = tuple(dataclasses.replace(kit.PORTS, fix=None, place=kit.place(n, 1, n, 2)) for n in range(1, 252))
    shown = render("markdown", dataclasses.replace(kit.EMPTY, findings=(*some, kit.SECRET)), kit.read)
    assert shown.count("- **high**") == 199
    assert shown.count("- **critical**") == 1
    assert "52 more findings, none worse than these, are not listed here." in shown


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("port 3001 is open (on every interface).", "port 3001 is open (on every interface)."),
        ("see www.evil.example now", "see `www.evil.example` now"),
        ("[a](https://b)", "`[a](https://b)`"),
        ("@everyone look at #1 and GH-1", "`@everyone` look at `#1` and `GH-1`"),
        ("fixes deadbeef1 and cafebabe", "fixes `deadbeef1` and `cafebabe`"),
        ("<img src=x>", "`<img` `src=x>`"),
        ("a`b``c", "```a`b``c```"),
        ("it`", "`` it` ``"),
        ("**bold** _it_ ~~no~~ :tada: a|b \\", "`**bold**` `_it_` `~~no~~` `:tada:` `a|b` `\\`"),
        ("don't re-use", "don't re-use"),
        ("1234567", "`1234567`"),
        ("\n# head\n\n- item", "`#` head `-` item"),
        ("\u202e\x1b[0m", r"`\u202e\x1b[0m`"),
    ],
)
def test_words_of_others_are_code_where_they_could_be_more(said, shown):
    """Links, mentions, references, HTML, emphasis, tables and headings do not happen."""
    assert markdown.words(said) == shown


def test_no_line_of_a_diff_closes_its_fence():
    """The fence is longer than any run of backticks in the file or in the fix."""
    text = "a:\n````\nb: 1\n"
    edit = dataclasses.replace(kit.PORTS.fix.edits[0], start=8, end=8, text="```\n<b>\n")
    report = kit.only(kit.PORTS, fix=dataclasses.replace(kit.PORTS.fix, edits=(edit,)))
    shown = render("markdown", report, {"compose.yaml": text}.get)
    assert "  `````diff\n   ````\n  +```\n  +<b>\n   b: 1\n  `````\n" in shown


def outside_of_code(line):
    """A line without its code spans, as CommonMark finds them: a run of backticks to the next run as long."""
    kept, at = [], 0
    while found := re.compile("`+").search(line, at):
        kept.append(line[at : found.start()])
        end = re.compile(rf"(?<!`){found[0]}(?!`)").search(line, found.end())
        assert end, "an unbalanced code span"
        at = end.end()
    return "".join([*kept, line[at:]])


@settings(deadline=None, max_examples=80)
@given(kit.reports)
def test_any_text_stays_text(report):
    """Outside of code spans and fences only our own words and plain ones of others stand."""
    fence = ""
    for line in render("markdown", report, kit.read).split("\n"):
        if fence:
            assert line.startswith("  ") or not line
            if line == "  " + fence:
                fence = ""
            continue
        opened = re.fullmatch("  (`{3,})diff", line)
        if opened:
            fence = opened[1]
            continue
        plain = outside_of_code(line)
        plain = re.sub(r"<details><summary>fix \([a-z: ]+\)</summary>|</details>|^- \*\*[a-z]+\*\*|^#{2,3} ", "", plain)
        plain = re.sub(r"^(\*\*[A-Za-z0-9 ]+\*\*)|^- ", "", plain)
        assert re.fullmatch(r"[A-Za-z0-9 ,.;:?()'-]*", plain), line
        assert not re.search(r"www\.|https?:|[0-9a-f]{7,}(?![a-z])", plain), line
    assert not fence
