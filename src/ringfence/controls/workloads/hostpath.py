"""Judging paths of a file system by their text alone.

No disk is read here: whoever makes a model resolves symbolic links first (`os.path.realpath`),
or a harmless name could stand for a harmful place.
"""


def is_plain(path: str) -> bool:
    """Whether a path is absolute and in its one spelling: no `.`, `..`, `//`, end slash or control."""
    if not path.startswith("/") or not path.isprintable():
        return False
    return path == "/" or all(part not in {"", ".", ".."} for part in path[1:].split("/"))


def is_within(path: str, tree: str) -> bool:
    """Whether a plain path is `tree` or lies in it."""
    return path == tree or path.startswith(tree.rstrip("/") + "/")


def overlap(one: str, other: str) -> bool:
    """Whether one of two plain paths contains the other."""
    return is_within(one, other) or is_within(other, one)
