"""Secrets in the columns of tables that have a head: CSV, rows of SQL, tables of Markdown, reStructuredText and HTML."""

import re
from collections.abc import Iterator

from ringfence.secrets import filekinds, values
from ringfence.secrets.passwords import is_of_somebody
from ringfence.secrets.vocabulary import USED

#: Characters of one table, and rows of it.
_REACH, _ROWS = 60_000, 2000
#: Statements of one text that are looked at.
_TABLES = 1000
Cells = list[tuple[str, int, int]]

#: What a column's head ends with whose cells are secrets.
_TELLS = re.compile(
    r"(?:pass(?:word|wd|wort|phrase|code)?|pwd|psw|pw|secret|token|(?:api|access|secret|private|auth)[ _-]?key"
    r"|credentials?)s?$",
    re.IGNORECASE,
)
#: The head of what stands behind a name.
_VALUED = re.compile(r"[ \t*`_]*(?:value|wert|valor|valeur|credential)[ \t\r*`_]*", re.IGNORECASE)
_WHOSE = re.compile(r"user|login|mail|account|host|server|site|(?<![a-z])name$", re.IGNORECASE)
#: An account, as no row has it that describes one.
_MAIL = re.compile(r"[\w.+-]{1,60}@[\w-]{1,60}(?:\.[\w-]{1,60}){1,4}")
_AROUND_CELLS = " \t\r`*'\""
_HEXADECIMAL = re.compile(r"[0-9a-fA-F]{32,128}")
_NUMBER = re.compile(r"[vV=<>~^]{0,2}[0-9][0-9.,:/-]*\w{0,2}")
_ANY_SIGN = re.compile(r"[0-9!@#$%^&*+=~?]")


def _kind(head: str) -> str | None:
    """What the cells below a head are."""
    said = head.strip(" \t\r`*_\"'[]:")
    if not 2 <= len(said) <= 40 or _TELLS.search(said) is None:
        return None
    kind = values.class_of(said)
    return kind if kind in (values.PASSWORD, values.TOKEN) else None


def _judged(cell: str, start: int, kind: str, *, accounts: bool) -> Iterator[tuple[int, int, str]]:
    value = cell.strip(_AROUND_CELLS)
    if not value or " " in value:
        return
    at = start + cell.index(value)
    if kind == values.TOKEN:
        if values.is_secret(kind, value, quoted=True):
            yield at, at + len(value), "a key or token"
        return
    if accounts and _is_of_account(value):
        yield at, at + len(value), "a password"
        return
    # Hashes are of passwords, and words are labels, types and what is done.
    mixed = _ANY_SIGN.search(value) and sum(one.isalpha() for one in value) > 2
    other = _HEXADECIMAL.fullmatch(value) or _NUMBER.fullmatch(value)
    if mixed and not other and values.is_secret(kind, value, quoted=True, told=True):
        yield at, at + len(value), "a password"


#: Digits and signs that neither dates nor sums have.
_SIGNED = re.compile(r"[0-9]{4,}[!@#$%^&*+][!@#$%^&*+=-]{0,8}|[!@#$%^&*][0-9]{4,}")


def _is_of_account(value: str) -> bool:
    """Whether a word or a number is a password where each row is somebody's account."""
    if value.isdigit():
        return 4 <= len(value) <= 12 and len(set(value)) > 1
    if not value.isalpha():
        return _SIGNED.fullmatch(value) is not None
    return (
        value.lower() in USED
        or is_of_somebody(value)
        or values.is_secret(values.PASSWORD, value, quoted=True, told=True, beside=True)
    )


def _below(head: Cells, rows: Iterator[Cells], *, data: bool = False) -> Iterator[tuple[int, int, str]]:
    """What stands below those heads that tell of secrets. `data`: a row is what it says, and describes nothing."""
    telling = {at: kind for at, (cell, _, _) in enumerate(head) if (kind := _kind(cell))}
    whose = any(_WHOSE.search(cell) for cell, _, _ in head)
    if not whose:  # what passes a test, and fails it
        telling = {at: kind for at, kind in telling.items() if head[at][0].strip(" *_`\"'\r").lower() != "pass"}
    valued = next((at for at, (cell, _, _) in enumerate(head) if at and _VALUED.fullmatch(cell)), None)
    if not telling and valued is None:
        return
    for number, row in enumerate(rows):
        if number >= _ROWS:
            return
        accounts = whose and (data or any(_MAIL.fullmatch(cell.strip(_AROUND_CELLS)) for cell, _, _ in row))
        for at, kind in telling.items():
            if at < len(row) and (len(row) <= len(head) + 1):
                cell, start, _ = row[at]
                yield from _judged(cell, start, kind, accounts=accounts)
        named = _kind(row[valued - 1][0]) if valued is not None and valued < len(row) else None
        if valued is not None and named:
            cell, start, _ = row[valued]
            yield from _judged(cell, start, named, accounts=False)


_OPENS = re.compile(r"(?<=[=:(\[{,>\s+\"])\"\"(?=[^\s,\"])")
_CLOSES = re.compile(r"(?<=[^\s,\"])\"\"")


#: A quote as pages write it, before and behind what it quotes.
_ENTITY = r"&(?:quot|#34|#39|apos|#x27);"
_OPENED, _CLOSED = re.compile(rf"(?<=[=:(\[{{,>\s]){_ENTITY}(?=[^\s&])"), re.compile(_ENTITY)


def plain(text: str, base: str) -> str:
    """CSV writes a quote in a cell twice, and pages as an entity: the same text with one and blanks, so that all places are
    what they were."""
    if base.endswith((".html", ".htm")) and ("&quot;" in text or "&#39;" in text):
        text = _OPENED.sub(lambda found: " " * (len(found.group()) - 1) + '"', text)
        return _CLOSED.sub(lambda found: '"' + " " * (len(found.group()) - 1), text)
    if not base.endswith((".csv", ".tsv")) or '""' not in text:
        return text
    return _CLOSES.sub('" ', _OPENS.sub(' "', text))


def tabled(text: str, folded: dict[str, list[int]], base: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, kind) of the secrets in the tables of a text. `folded`: where words stand in it in lower case; `base`:
    the file's name."""
    if base.endswith((".csv", ".tsv", ".psv", ".txt")):
        yield from _separated(text, strict=base.endswith(".txt"))
    for word in ("insert into", "replace into"):
        for at in folded.get(word, ())[:_TABLES]:
            yield from _inserted(text, at)
    for at in folded.get("from stdin", ())[:_TABLES]:
        yield from _copied(text, at)
    if filekinds.is_code(base) and not base.endswith((".html", ".htm")):
        return
    for words, cut in _DRAWN:
        if folded.keys().isdisjoint(words):
            continue
        behind = 0
        for at in sorted(at for word in words for at in folded.get(word, ())):
            at += text[at] == "\n"
            if at >= behind:
                behind = _line_end(text, at)
                yield from cut(text, at)


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _lines(text: str, start: int) -> Iterator[tuple[int, int]]:
    """The lines from one on, with where they begin and end."""
    limit = min(start + _REACH, len(text))
    while start < limit:
        end = _line_end(text, start)
        yield start, end
        start = end + 1


_CELLS = {
    sign: re.compile(
        rf"(?:^|(?<={re.escape(sign)}))[ ]?(?:\"(?P<quoted>(?:[^\"\n]|\"\"){{0,2000}})\""
        rf"|(?P<bare>[^{re.escape(sign)}\n\r]{{0,2000}}))"
    )
    for sign in ",;\t|"
}  # fmt: skip


_HEAD_LINE = re.compile(r"[\"']?[A-Za-z][\w -]{0,30}(?:[,;\t|][\"']?[A-Za-z][\w -]{0,30}[\"']?){1,30}\r?")


def _separated(text: str, *, strict: bool) -> Iterator[tuple[int, int, str]]:
    """Files whose first line is the head of all; in a text (`strict`), where it is nothing else."""
    begin = 0
    while text[begin : begin + 1] in ("#", "\n", "\r") and begin < 2000:
        begin = _line_end(text, begin) + 1
    end = _line_end(text, begin)
    first = text[begin:end]
    if strict and _HEAD_LINE.fullmatch(first) is None:
        return
    if end - begin > 4000 or _TELLS_ANYWHERE.search(first) is None:
        return
    sign = max(",;\t|", key=first.count)
    if sign not in first:
        return

    def cells(start: int, end: int) -> Cells:
        found = list[tuple[str, int, int]]()
        for one in _CELLS[sign].finditer(text[start : min(end, start + 20_000)]):
            which = "bare" if one["quoted"] is None else "quoted"
            found.append((one[which], start + one.start(which), start + one.end(which)))
        return found

    rows = (cells(*line) for line in _all_lines(text, end + 1))
    yield from _below(cells(begin, end), rows, data=True)


_TELLS_ANYWHERE = re.compile(r"pass|pwd|psw|pw|secret|token|key|cred", re.IGNORECASE)


_SAYS_ANYTHING = re.compile(_TELLS_ANYWHERE.pattern + "|value|wert|valor|valeur", re.IGNORECASE)


def _all_lines(text: str, start: int) -> Iterator[tuple[int, int]]:
    while start < len(text):
        end = _line_end(text, start)
        yield start, end
        start = end + 1


_INTO = re.compile(
    r"(?:insert|replace)\s+into\s+[`\"\[\]\w.$]{1,120}\s{0,20}\((?P<head>[^()]{1,3000})\)\s{0,40}values?\s{0,40}(?=\()", re.IGNORECASE
)  # fmt: skip
#: One value of a row: a text, or anything else; then what stands behind it.
_OF_ROW = re.compile(
    r"\s{0,40}(?:[NEBXnebx_]{0,3}(?:'(?P<text>(?:[^'\\]|''|\\.){0,2000}+)'"
    r"|(?P<quote>\\?['\"])(?P<value>(?:(?!(?P=quote)).){0,2000}?)(?P=quote))"
    r"|[^,()'\"]{0,200}(?:\([^()]{0,400}\))?)\s{0,40}(?P<sign>[,)])",
    re.DOTALL,
)
_NEXT_ROW = re.compile(r"\s{0,40},?\s{0,40}\(")


_INTO_ALL = re.compile(
    r"(?:insert|replace)\s+into\s+(?:[`\"\[]?\w{1,60}[`\"\]]?\.)?[`\"\[]?(?P<table>\w{1,60})[`\"\]]?\s{1,20}values?\s{0,40}(?=\()",
    re.IGNORECASE,
)
#: What a column of a table begins with; and what is none.
_COLUMN = re.compile(r"(?:^|,)\s{0,40}[`\"\[]?(?P<name>[A-Za-z_]\w{0,60})[`\"\]]?[ \t]{1,20}[A-Za-z]")
_NO_COLUMN = frozenset("primary unique key constraint foreign check index fulltext".split())


def _made(text: str, at: int, table: str) -> list[str]:
    """The columns of a table that is made before a place, in their order."""
    begins = rf"create\s+table\s+(?:if\s+not\s+exists\s+)?(?:[`\"\[]?\w{{1,60}}[`\"\]]?\.)?[`\"\[]?{table}[`\"\]]?\s{{0,20}}\("
    made = re.compile(begins, re.IGNORECASE).search(text, max(at - _REACH, 0), at)
    if made is None:
        return []
    end = text.find(";", made.end(), min(made.end() + 6000, at))
    said = re.sub(r"\([^()]{0,200}\)|--[^\n]{0,200}", "", text[made.end() : end])
    names = [found["name"] for found in _COLUMN.finditer(said)]
    return [name for name in names if name.lower() not in _NO_COLUMN]


def _inserted(text: str, at: int) -> Iterator[tuple[int, int, str]]:
    limit = min(at + 4000, len(text))
    found = _INTO.match(text, at, limit) or _INTO_ALL.match(text, at, limit)
    if found is None:
        return
    said = found.groupdict().get("head")
    heads = _made(text, at, found["table"]) if said is None else said.split(",")
    if not any(map(_TELLS_ANYWHERE.search, heads)):
        return
    limit = min(at + _REACH, len(text))

    def rows() -> Iterator[Cells]:
        place = found.end()
        while begun := _NEXT_ROW.match(text, place, limit):
            place, row = begun.end(), list[tuple[str, int, int]]()
            while one := _OF_ROW.match(text, place, limit):
                which = "value" if one["text"] is None else "text"
                row.append((one[which] or "", *one.span(which)))
                place = one.end()
                if one["sign"] == ")":
                    break
            else:
                return
            yield row

    yield from _below([(name.strip(' `"[]\n\t'), 0, 0) for name in heads], rows(), data=True)


_COPY = re.compile(
    r"copy\s+[\w.\"]{1,120}\s{0,4}\((?P<head>[^()\n]{1,3000})\)\s+from stdin[^\n]{0,60}\n", re.IGNORECASE
)


def _copied(text: str, at: int) -> Iterator[tuple[int, int, str]]:
    found = _COPY.match(text, _line_start(text, at))
    if found is None:
        return

    def rows() -> Iterator[Cells]:
        for start, end in _lines(text, found.end()):
            if text[start : start + 2] == "\\." or text[start : start + 5].lower() == "copy ":
                return
            yield _split(text, start, end, "\t")

    yield from _below([(name.strip(' "'), 0, 0) for name in found["head"].split(",")], rows(), data=True)


def _split(text: str, start: int, end: int, sign: str) -> Cells:
    cells = list[tuple[str, int, int]]()
    for cell in text[start:end].split(sign):
        cells.append((cell, start, start + len(cell)))
        start += len(cell) + 1
    return cells


_RULE = re.compile(
    r"(?:[ \t>*]{0,40}\|?[ \t]{0,8}:?-{2,}:?[ \t]{0,60}\|[-:| \t]{0,2000}|[ \t]{0,40}\+=[=+]{1,2000}\+[ \t]{0,8}"
    r"|[ \t]{0,40}\|-{1,200}\+[-+]{0,2000}\|?[ \t]{0,8})\r?$"
)


def _piped(text: str, at: int) -> Iterator[tuple[int, int, str]]:
    """A table whose cells stand between strokes; a place in the rule below its head."""
    start, end = _line_start(text, at), _line_end(text, at)
    above = _line_start(text, start - 1)
    if start < 2 or _SAYS_ANYTHING.search(text, above, start) is None or _RULE.match(text[start:end]) is None:
        return
    head = _split(text, above, start - 1, "|")
    if len(head) < 2 or len(head) > 60:
        return

    def rows() -> Iterator[Cells]:
        for first, last in _lines(text, end + 1):
            line = text[first:last]
            if "|" not in line and line.lstrip().startswith("+-"):
                continue
            if "|" not in line or _RULE.match(line):
                return
            yield _split(text, first, last, "|")

    yield from _below(head, rows())


_SIMPLE = re.compile(r"[ \t]{0,40}={2,}(?:[ \t]{1,8}={2,})+[ \t]{0,8}\r?$")


def _ruled(text: str, at: int) -> Iterator[tuple[int, int, str]]:
    """A table between rules of equal signs; a place in the rule above its head."""
    start, end = _line_start(text, at), _line_end(text, at)
    rule = text[start:end]
    below = _line_end(text, end + 1)
    second = _line_end(text, below + 1)
    if _SIMPLE.match(rule) is None or text[below + 1 : second].strip() != rule.strip():
        return
    columns = [(one.start(), one.end()) for one in re.finditer("=+", rule)]

    def cells(first: int, last: int) -> Cells:
        found = list[tuple[str, int, int]]()
        for number, (low, high) in enumerate(columns):
            until = last if number + 1 == len(columns) else min(first + high, last)
            found.append((text[min(first + low, last) : until], min(first + low, last), until))
        return found

    def rows() -> Iterator[Cells]:
        for first, last in _lines(text, second + 1):
            if text[first:last].lstrip().startswith("==") or not text[first:last].strip():
                return
            yield cells(first, last)

    yield from _below(cells(end + 1, below), rows())


_HEAD = re.compile(r"<th\b[^<>]{0,200}>(?P<cell>[^<]{0,100})")
_CELL = re.compile(r"<td\b[^<>]{0,200}>\s{0,40}(?:<[^<>]{1,100}>){0,3}(?P<cell>[^<]{0,400})")


def _elements(text: str, at: int) -> Iterator[tuple[int, int, str]]:
    """A table of HTML; a place in its first head."""
    if _TELLS_ANYWHERE.search(text, max(at - 60, 0), at + 2000) is None:
        return
    end = text.find("</tr", at, at + 4000)
    start = max(text.rfind("<tr", max(at - 1000, 0), at), 0)
    if end < 0:
        return
    head = [(one["cell"], *one.span("cell")) for one in _HEAD.finditer(text, start, end)]
    stop = min((one for word in ("</table", "<th") if (one := text.find(word, end, end + _REACH)) > 0), default=0)

    def rows() -> Iterator[Cells]:
        for row in re.finditer(r"<tr\b", text[end : stop if stop > 0 else end + _REACH]):
            first = end + row.end()
            last = text.find("<tr", first, first + 4000)
            last = last if last > 0 else first + 4000
            yield [(one["cell"], *one.span("cell")) for one in _CELL.finditer(text, first, min(last, len(text)))]

    yield from _below(head, rows())


#: The values for which an example is run, below their names.
_EXAMPLES = re.compile(r"[ \t]*(?:Examples|Scenarios):[ \t]*\r?\n(?P<head>[ \t]*\|[^\n]{1,2000}\|[ \t]*\r?)(?:\n|$)")


def _examples(text: str, at: int) -> Iterator[tuple[int, int, str]]:
    """A table of Gherkin; a place in the line before it."""
    found = _EXAMPLES.match(text, _line_start(text, at))
    if found is None or _TELLS_ANYWHERE.search(found["head"]) is None:
        return

    def rows() -> Iterator[Cells]:
        for first, last in _lines(text, found.end()):
            if "|" not in text[first:last]:
                return
            yield _split(text, first, last, "|")

    yield from _below(_split(text, *found.span("head"), "|"), rows(), data=True)


_MARK = re.compile(r"\|={3,}[ \t]*\r?")


def _marked(text: str, at: int) -> Iterator[tuple[int, int, str]]:
    """A table of AsciiDoc; a place in the mark before it."""
    start, end = _line_start(text, at), _line_end(text, at)
    below = _line_end(text, end + 1)
    if _MARK.fullmatch(text[start:end]) is None or _SAYS_ANYTHING.search(text, end, below) is None:
        return

    def rows() -> Iterator[Cells]:
        for first, last in _lines(text, below + 1):
            if _MARK.match(text[first:last]):
                return
            yield _split(text, first, last, "|")

    yield from _below(_split(text, end + 1, below, "|"), rows())


#: How the rule begins, or what is in it once or twice.
_RULES = (
    "\n|-", "\n| -", "\n|:", "\n| :", " |-", " |:-", "- | -", "- | :", "\n--|", "\n---|", "\n----|", "\n-----|", "\n------|", "\n:-", "+==",
)  # fmt: skip
#: The tables that are drawn, by the words of which one stands in the first line that tells.
_DRAWN = (
    (_RULES, _piped),
    (("=  =",), _ruled),
    (("|===",), _marked),
    (("</th>",), _elements),
    (("examples:", "scenarios:"), _examples),
)
WORDS = ("insert into", "replace into", "from stdin", *(word for words, _ in _DRAWN for word in words))
