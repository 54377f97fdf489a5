"""Which name is whose: the functions of a text and what is declared in each."""

from bisect import bisect_right

from ringfence.programs.javascript.tokens import Token

_OPEN = {"(": ")", "[": "]", "{": "}"}
#: How many functions are looked at to find a name's.
_MOST = 400
_NO_METHOD = frozenset("if for while switch catch with function return".split())


def pairs(found: list[Token]) -> dict[int, int]:
    """Where each bracket closes."""
    stack, closed = list[int](), dict[int, int]()
    for at, one in enumerate(found):
        if one.kind != "mark":
            continue
        if one.text in _OPEN:
            stack.append(at)
        elif one.text in (")", "]", "}") and stack:
            closed[stack.pop()] = at
    return closed


class Flat:
    """In minified text every name is everybody's, and so nobody's."""

    def __init__(self) -> None:
        self.parameters = dict[str, list[str]]()
        self.arrows = dict[int, list[str]]()
        self.bodies = dict[str, tuple[int, int]]()

    def of(self, name: str, at: int) -> tuple[int, str]:
        """The key of a name: the same everywhere."""
        return -1, name

    def where(self, at: int) -> str:
        """Somewhere."""
        return "minified"


class Scopes:
    """Functions by where they begin and end; a name is its innermost declaring function's."""

    def __init__(self, found: list[Token], closed: dict[int, int]) -> None:
        self._found = found
        self._closed = closed
        self._ranges = list[tuple[int, int, set[str]]]()
        #: The parameters of functions that have a name.
        self.parameters = dict[str, list[str]]()
        self.arrows = dict[int, list[str]]()
        #: Where the body of a function with a name is.
        self.bodies = dict[str, tuple[int, int]]()
        for at, one in enumerate(found):
            if one.kind == "mark" and one.text == "=>":
                self._arrow(at)
            elif one.kind == "mark" and one.text == "(" and at in closed:
                self._function(at)
        self._ranges.sort(key=lambda one: (one[0], -one[1]))
        self._starts = [one[0] for one in self._ranges]
        self._declare()

    def of(self, name: str, at: int) -> tuple[int, str]:
        """The key of a name at a place."""
        index = bisect_right(self._starts, at) - 1
        for one in range(index, max(index - _MOST, -1), -1):
            start, end, names = self._ranges[one]
            if end >= at and name in names:
                return start, name
        return -1, name

    def where(self, at: int) -> str:
        """The function that a place is in."""
        index = bisect_right(self._starts, at) - 1
        for one in range(index, max(index - _MOST, -1), -1):
            start, end, _ = self._ranges[one]
            if end >= at:
                return f"function@{self._found[start].line}"
        return "import"

    def _arrow(self, at: int) -> None:
        names = list[str]()
        start = at - 1
        if self._found[start].kind == "name":
            names = [self._found[start].text]
        elif self._found[start].text == ")":
            start = next(
                (opened for opened in range(at - 1, max(at - 400, -1), -1) if self._closed.get(opened) == at - 1), start
            )
            names = self._names(start, at - 1)
        body = at + 1
        end = (
            self._closed.get(body, len(self._found))
            if body < len(self._found) and self._found[body].text == "{"
            else self._end(body)
        )
        self._ranges.append((start, end, set(names)))
        self.arrows[start] = names
        if start >= 2 and self._found[start - 1].text == "=" and self._found[start - 2].kind == "name":
            self.parameters.setdefault(self._found[start - 2].text, names)
            self.bodies.setdefault(self._found[start - 2].text, (body, end))

    def _function(self, at: int) -> None:
        close = self._closed[at]
        if close + 1 >= len(self._found) or self._found[close + 1].text != "{" or at == 0:
            return
        before = self._found[at - 1]
        if before.kind != "name" or (before.text in _NO_METHOD and before.text != "function"):
            return
        names = self._names(at, close)
        self._ranges.append((at, self._closed.get(close + 1, len(self._found)), set(names)))
        self.arrows[at] = names
        if before.text != "function":
            self.parameters.setdefault(before.text, names)
            self.bodies.setdefault(before.text, (close + 1, self._closed.get(close + 1, len(self._found))))

    def _names(self, start: int, end: int) -> list[str]:
        return [one.text for one in self._found[start:end] if one.kind == "name"]

    def _end(self, at: int) -> int:
        """Where an expression ends."""
        while at < len(self._found):
            one = self._found[at]
            if one.kind == "mark":
                if one.text in _OPEN:
                    at = self._closed.get(at, len(self._found))
                elif one.text in (")", "]", "}", ",", ";"):
                    return at
            at += 1
        return at

    def _declare(self) -> None:
        for at, one in enumerate(self._found[:-1]):
            if one.kind == "name" and one.text in ("const", "let", "var"):
                for name in self._declared(at + 1):
                    self._put(name, at)

    def _declared(self, at: int) -> list[str]:
        one = self._found[at]
        if one.kind == "name":
            return [one.text]
        if one.text in ("{", "[") and at in self._closed:
            return self._names(at, self._closed[at])
        return []

    def _put(self, name: str, at: int) -> None:
        index = bisect_right(self._starts, at) - 1
        for one in range(index, max(index - _MOST, -1), -1):
            _, end, names = self._ranges[one]
            if end >= at:
                names.add(name)
                return
