"""What the source itself tells before anybody follows it: names made to confuse, escapes, code out of sight."""

import ast
import re
from collections.abc import Iterator

from ringfence.programs.words import credentials

_MANGLED = re.compile(
    r"^(?:_?0x[0-9a-f]{3,}|_{3,}[0-9_]*|[lI1|]{6,}|[O0oQ]{6,}|[lIO01]{8,}|_[A-Z]{1,2}\d{4,}|[a-z]{1,2}_?[0-9a-f]{8,}"
    r"|[\u4e00-\u9fff\u0400-\u04ff\u1680-\u2fff]{12,})$",
    re.I,
)
_ESCAPES = re.compile(r"(?:\\x[0-9a-fA-F]{2}){8,}|(?:\\[0-7]{2,3}){8,}|(?:\\u00[0-9a-fA-F]{2}){8,}")
_PROTECTED = re.compile(
    r"\b__pyarmor__|\bpyarmor_runtime|\bpytransform\b|\bpyobfuscate\b|Obfuscated with|\bpyfuscator|\bBlankOBF"
    r"|\bhyperion\b.{0,20}obf",
    re.I,
)
_DANGEROUS = b"exec eval subprocess os.system os.popen socket urlopen requests b64decode marshal __import__".split()
_PUSH = 80
_MANY = 12


def features(tree: ast.Module, text: str) -> Iterator[str]:
    """Ways in which the source is made hard to read."""
    found = {one.id for one in ast.walk(tree) if isinstance(one, ast.Name)}
    found |= {one.name for one in ast.walk(tree) if isinstance(one, ast.FunctionDef | ast.ClassDef)}
    found |= {one.arg for one in ast.walk(tree) if isinstance(one, ast.arg)}
    mangled = sum(1 for one in found if _MANGLED.match(one))
    if mangled >= 4 and mangled * 4 >= len(found):
        yield "names that all look alike"
    if _PROTECTED.search(text[:20_000]):
        yield "the marks of an obfuscator"
    printable = [one for one in _ESCAPES.findall(text[:500_000]) if _is_printable(one)]
    if printable:
        yield "text written in escapes that could be read without"
    nested = max((_depth(one) for one in tree.body if isinstance(one, ast.Expr | ast.Assign)), default=0)
    if nested >= _MANY:
        yield "calls within calls within calls"
    if sum(isinstance(one, ast.Lambda) for one in ast.walk(tree)) >= _MANY and len(tree.body) <= 5:
        yield "a program of nothing but lambdas"


def names_danger(data: bytes) -> bool:
    """Whether a text that is no Python of ours names what is worth a look: another Python might read it."""
    return any(word in data for word in _DANGEROUS)


def pushed(tree: ast.Module, text: str) -> Iterator[tuple[int, str]]:
    """Statements that stand behind a wide gap on the line of another."""
    lines = text.split("\n")
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt) and node.col_offset > _PUSH and 0 < node.lineno <= len(lines):
            before = lines[node.lineno - 1].encode()[: node.col_offset].decode("utf-8", "replace")
            gap = len(before) - len(before.rstrip(" \t"))
            if (gap >= _PUSH and before.strip()) or gap >= 2 * _PUSH:
                yield node.lineno, f"a statement stands {gap} characters to the right of what is seen"


def mentions(tree: ast.Module) -> frozenset[str]:
    """Texts of the source that are no documentation."""
    said = {id(one.value) for one in ast.walk(tree) if isinstance(one, ast.Expr)}
    found = set[str]()
    size = 0
    for one in ast.walk(tree):
        if isinstance(one, ast.Constant) and isinstance(one.value, str | bytes) and id(one) not in said:
            text = one.value if isinstance(one.value, str) else one.value[:2000].decode("utf-8", "replace")
            found.add(text[:2000])
            size += min(len(text), 2000)
            if size > 400_000:
                break
    return frozenset(found)


def families(found: frozenset[str]) -> frozenset[str]:
    """The families of credentials that texts name."""
    return credentials("\n".join(sorted(found))[:200_000]) if found else frozenset()


def _is_printable(escapes: str) -> bool:
    try:
        text = escapes.encode().decode("unicode_escape")
    except UnicodeDecodeError:
        return False
    return all(32 <= ord(one) < 127 or one in "\n\t\r" for one in text)


def _depth(node: ast.AST) -> int:
    depth, level = 0, [node]
    while level and depth < 60:
        inner = [one for each in level for one in ast.iter_child_nodes(each)]
        calls = any(isinstance(one, ast.Call) for one in inner)
        depth += calls
        level = inner
        if len(level) > 5000:
            break
    return depth
