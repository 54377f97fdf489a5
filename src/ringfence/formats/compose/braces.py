"""Texts as they are written, variables and all, cut where Compose would cut what comes out of them."""


def split(text: str, sign: str) -> list[str]:
    """The parts between a sign; what stands in braces or brackets is not cut."""
    pieces, depth, last = list[str](), 0, 0
    for at, character in enumerate(text):
        if character in "{[":
            depth += 1
        elif character in "}]":
            depth -= 1
        elif character == sign and depth == 0:
            pieces.append(text[last:at])
            last = at + 1
    return [*pieces, text[last:]]
