"""The Markdown of our own docstrings as HTML: paragraphs, lists, `code`, **strong** and links to the web.

Everything else stands there as it was written. Raw HTML is text.
"""

import re

from ringfence.audit.reports.webpage import link, text

_PIECE = re.compile(r"`([^`]+)`|\*\*([^*]+)\*\*|\[([^\]\[]+)\]\((https://[^()\s]+)\)")


def paragraphs(markdown: str) -> str:
    """Blocks between blank lines; a block whose lines begin with `- ` is a list."""
    blocks = [block.strip("\n") for block in re.split(r"\n\s*\n", markdown) if block.strip()]
    return "\n".join(_list(block) if block.startswith("- ") else f"<p>{inline(block)}</p>" for block in blocks)


def inline(markdown: str) -> str:
    """One stretch of running text."""
    pieces, at = list[str](), 0
    for found in _PIECE.finditer(markdown):
        pieces += [text(markdown[at : found.start()]), _marked(found)]
        at = found.end()
    return "".join([*pieces, text(markdown[at:])])


def _marked(found: re.Match[str]) -> str:
    code, strong, title, url = found.groups()
    if code is not None:
        return f"<code>{text(code)}</code>"
    return f"<strong>{text(strong)}</strong>" if strong is not None else link(url, title)


def _list(block: str) -> str:
    items = re.split(r"^- ", block, flags=re.MULTILINE)[1:]
    return "<ul>\n" + "\n".join(f"<li>{inline(item.strip())}</li>" for item in items) + "\n</ul>"
