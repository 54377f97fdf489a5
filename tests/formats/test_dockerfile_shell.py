"""Shell text as simple commands: quotes, compound commands, here-documents, and what is nested; Windows' shells."""

import time
from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ringfence.shellwords import MAX_COMMANDS, Command, commands, script_of, windows_commands


def split(text: str) -> list[tuple[str, ...]]:
    return [one.words for one in commands(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a b && c || d; e & f\ng", [("a", "b"), ("c",), ("d",), ("e",), ("f",), ("g",)]),
        ("a | b |& c", [("a",), ("|",), ("b",), ("|",), ("c",)]),
        ("a 'b c' \"d e\" f\\ g 'h'\"i\"j", [("a", "b c", "d e", "f g", "hij")]),
        ("a \"x\\\"y\" \"\\z\" '\\n' $'it\\'s'", [("a", 'x"y', "\\z", "\\n", "it\\'s")]),
        ("a \\\n  b", [("a", "b")]),
        ("a # b\nc#d", [("a",), ("c#d",)]),
        ("a >x 2>&1 <y &>z >>w 2>/dev/null b", [("a", "b")]),
        ("a $b ${c} $$ $? ${d:-e f}", [("a", "$b", "${c}", "$$", "$?", "${d:-e f}")]),
        ("", []),
        (" \n;;&&|", []),
    ],
)
def test_simple_commands(text: str, wanted: list[tuple[str, ...]]) -> None:
    """Operators end a command, quotes go, redirections and comments too, variables stay."""
    assert split(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("if a; then b; elif c; then d; else e; fi", [("a",), ("b",), ("c",), ("d",), ("e",)]),
        ("while a; do b; done < c; until d; do e; done", [("a",), ("b",), ("d",), ("e",)]),
        ("for x in curl wget; do $x y | sh; done; z", [("$x", "y"), ("|",), ("sh",), ("z",)]),
        ("for ((i=0; i<3; i++)); do a; done", [("a",)]),
        ("select x in a b; do c; done", [("c",)]),
        ("case $x in a|b) c ;; (d) e;; *) ;; esac; f", [("c",), ("e",), ("f",)]),
        ("case $x in\n  # why\n  a)\n    b\n    ;;\nesac\nc", [("b",), ("c",)]),
        ("case a in b) case c in d) e;; esac;; f) g;; esac; h", [("e",), ("g",), ("h",)]),
        ("(a; b) | c", [("a",), ("b",), ("|",), ("c",)]),
        ("{ a; b; } > c; d", [("a",), ("b",), ("d",)]),
        ("! a && time b", [("a",), ("b",)]),
        ("f() { a; }; function g { b; }; f", [("a",), ("b",), ("f",)]),
        ("if [[ a && ( b || c ) ]]; then d; fi", [("d",)]),
        ("[ -f a ] && b", [("[", "-f", "a", "]"), ("b",)]),
        ("((i++)); a $((1 + 2))", [("a", "$((1 + 2))")]),
        ("((a) && b); c", [("a",), ("b",), ("c",)]),
        ("echo if then fi done", [("echo", "if", "then", "fi", "done")]),
        ("'if' a", [("if", "a")]),
    ],
)
def test_compound_commands(text: str, wanted: list[tuple[str, ...]]) -> None:
    """What stands in a body is a command; words of the language, names and patterns are none."""
    assert split(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a $(b c) d", [("a", "$(b c)", "d"), ("b", "c")]),
        ('a "$(b "$(c)")" `d`', [("a", '$(b "$(c)")', "`d`"), ("b", "$(c)"), ("c",), ("d",)]),
        ("a <(b | c) >(d)", [("a", "<(b | c)", ">(d)"), ("b",), ("|",), ("c",), ("d",)]),
        ("a < <(b)", [("a", "<(b)"), ("b",)]),
        ('a <<< "$(b)"', [("a", "$(b)"), ("b",)]),
        ("a ${x:-$(b)} $(( $(c) + 1 ))", [("a", "${x:-$(b)}", "$(( $(c) + 1 ))"), ("b",), ("c",)]),
        ("x=$(a) b", [("b",), ("x=$(a)",), ("a",)]),
        ("x=(a $(b)) c", [("c",), ("x=",), ("b",)]),
        ("a '$(b)' \\$(c)", [("a", "$(b)", "$"), ("c",)]),
        ("a \"$(b ')' c)\" d", [("a", "$(b ')' c)", "d"), ("b", ")", "c")]),
    ],
)
def test_nested_commands_stand_behind(text: str, wanted: list[tuple[str, ...]]) -> None:
    """Substitutions of every form hold commands; single quotes hold none."""
    assert split(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("A=1 B='x y' c d", [("c", "d"), ("A=1",), ("B=x y",)]),
        ("A=1; b", [("b",), ("A=1",)]),
        ("a | B=1 c", [("a",), ("|",), ("c",), ("B=1",)]),
        ("a B=1", [("a", "B=1")]),
        ("export A=1", [("export", "A=1")]),
        ("A+=1 b[0]=2 c", [("c",), ("A+=1",), ("b[0]=2",)]),
    ],
)
def test_assignments_are_commands_of_their_own_behind_the_rest(text: str, wanted: list[tuple[str, ...]]) -> None:
    """They are seen, and part no pipe."""
    assert split(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("cat <<EOF >x\na b\nEOF\nc", [("cat",), ("c",)]),
        ("bash <<'E'\na b\nE\nc", [("bash",), ("c",), ("a", "b")]),
        ("sudo sh -s <<-E\n\ta\n\tE\nc", [("sudo", "sh", "-s"), ("c",), ("a",)]),
        ("cat <<E | sh\na\nE\nb", [("cat",), ("|",), ("sh",), ("b",), ("a",)]),
        ("<<E sh\na\nE", [("sh",), ("a",)]),
        ("cat <<A <<B\na\nA\nb\nB\nc", [("cat",), ("c",)]),
        ("cat <<E\na", [("cat",)]),
        ("sh <<E\r\na\r\nE\r\nb", [("sh",), ("b",), ("a",)]),
    ],
)
def test_here_documents_are_commands_where_a_shell_reads_them(text: str, wanted: list[tuple[str, ...]]) -> None:
    """Data is none; the text of `sh` is, in a pipe too, with its tabs and either line end."""
    assert split(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("sh -c 'a | b' && c", [("sh", "-c", "a | b"), ("c",), ("a",), ("|",), ("b",)]),
        ('sudo bash -exc "a; b"', [("sudo", "bash", "-exc", "a; b"), ("a",), ("b",)]),
        ("su - app -c a", [("su", "-", "app", "-c", "a"), ("a",)]),
        ("eval 'a b'", [("eval", "a b"), ("a", "b")]),
        ("sh a.sh -x", [("sh", "a.sh", "-x")]),
        ("gcc -c a.c", [("gcc", "-c", "a.c")]),
    ],
)
def test_the_script_of_a_shell_is_taken_apart_too(text: str, wanted: list[tuple[str, ...]]) -> None:
    """`-c` of a shell, of su, and eval; the `-c` of another program means something else."""
    assert split(text) == wanted


def test_a_command_of_a_script_stands_where_the_script_does() -> None:
    """Quotes make exact places impossible there; the argument is the place."""
    text = "a; sh -c 'b | c'"
    assert [text[one.offset : one.end] for one in commands(text)] == ["a", "sh -c 'b | c'", *["'b | c'"] * 3]


def test_commands_stand_where_they_begin_and_end() -> None:
    """Offsets are those of the text, also of what is nested, without what is dropped before and behind."""
    text = "A=1 b 'c' >d; $(e f)\n  `g`"
    assert [text[one.offset : one.end] for one in commands(text)] == ["b 'c'", "$(e f)", "`g`", "A=1", "e f", "g"]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (("sh", "-c", "x"), 2),
        (("/bin/bash", "-l", "-ec", "x"), 3),
        (("bash", "-c"), None),
        (("python", "-c", "x"), None),
        (("eval",), None),
        ((), None),
    ],
)
def test_which_word_is_a_script(words: tuple[str, ...], wanted: int | None) -> None:
    """The one behind the option that says so."""
    assert script_of(words) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("iwr -useb https://x | iex", [("iwr", "-useb", "https://x"), ("|",), ("iex",)]),
        ("a C:\\b\\ ; c `\n  d", [("a", "C:\\b\\"), ("c", "d")]),
        ('a \'b;c\' "d|e" `"f', [("a", "b;c", "d|e", '"f')]),
        ("if (a) { b } # c\nd && e", [("if", "(a)"), ("b",), ("d",), ("e",), ("a",)]),
        (
            "iex ((f g).DownloadString('u'))",
            [("iex", "((f g).DownloadString('u'))"), ("(f g)", ".DownloadString", "('u')"), ("f", "g"), ("u",)],
        ),
    ],
)
def test_commands_of_windows_shells(text: str, wanted: list[tuple[str, ...]]) -> None:
    """Backslashes are part of a path, a backquote keeps what follows it, parentheses are words and hold commands."""
    assert [one.words for one in windows_commands(text)] == wanted


shells = pytest.mark.parametrize("read", [commands, windows_commands], ids=["posix", "windows"])


@shells
@settings(deadline=None, max_examples=400)
@given(text=st.text(st.sampled_from("ab '\"\\$(){}`|&;<>\n#=-[]!\r\t0e"), max_size=50))
@example(text="case a in (")
@example(text="\\")
def test_any_text_is_taken_apart(read: Callable[[str], tuple[Command, ...]], text: str) -> None:
    """No quote, bracket or operator is too much; every command has words and stands inside of the text."""
    for one in read(text):
        assert one.words
        assert 0 <= one.offset < one.end <= len(text)


@shells
@pytest.mark.parametrize(
    "piece",
    [
        *("$(", "$( ", "${a:-", '"', "`", "case x in ", "((", "((a)", "a|", "a <<E\n", "'", '"\\', "[[ ", "x=(", "<("),
        *("f()", "$'", 'bash -c "$(bash -c "', 'eval "', "{ ", "for ", '("', "<<A ", "\\", "$((("),
    ],
)
def test_time_grows_with_the_length(read: Callable[[str], tuple[Command, ...]], piece: str) -> None:
    """A text that repeats what is never closed costs no more than one of its length; a second is very much."""
    begin = time.process_time()
    assert len(read(piece * (100_000 // (len(piece) or 1)))) <= MAX_COMMANDS
    assert time.process_time() - begin < 5


def test_no_more_commands_than_the_bound() -> None:
    """Whoever asks sees by the number that there may be more."""
    assert len(commands("a;" * (MAX_COMMANDS + 5))) == MAX_COMMANDS
    assert len(windows_commands("a;" * (MAX_COMMANDS + 5))) == MAX_COMMANDS
