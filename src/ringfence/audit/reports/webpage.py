"""The shell of every HTML page we write: one look, no address of another host, a policy that forbids the rest.

Style and script stand in the page itself and are allowed by their hashes, so nothing that a finding brings along
can run or load, even where an escape were forgotten. What does not belong here: what a page says.
"""

import base64
import hashlib
from functools import cache
from html import escape
from importlib import resources

_SHELL = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<link rel="icon" href="data:,">
<style>{style}</style>
</head>
<body>
{body}{script}</body>
</html>
"""


def page(title: str, body: str, *, filters: bool) -> str:
    """A whole page. `title` is text, `body` HTML; `filters` adds the script that works `form.filters`."""
    style, script = shipped("style.css"), shipped("filters.js") if filters else ""
    policy = [
        "default-src 'none'",
        f"style-src '{_hash(style)}'",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    if script:
        policy.append(f"script-src '{_hash(script)}'")
    return _SHELL.format(
        policy="; ".join(policy),
        title=text(title),
        style=style,
        body=body,
        script=f"<script>{script}</script>\n" if script else "",
    )


def text(said: str) -> str:
    """Text of others as HTML text or a quoted attribute.

    Characters that HTML has not, and those that turn a line round or hide, stand there as escapes.
    """
    if said.isascii() and said.isprintable():
        return escape(said)
    return escape("".join(c if c.isprintable() or c in "\n\t" else f"\\u{ord(c):04x}" for c in said))


def link(url: str, title: str) -> str:
    """A link to another host where the address is one of the web, else the title alone."""
    if not url.startswith("https://"):
        return text(title)
    return f'<a href="{text(url)}" rel="noopener noreferrer">{text(title)}</a>'


@cache
def shipped(name: str) -> str:
    """A file that stands beside this one: the look and the filters, for pages that link to them instead."""
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8")


def _hash(inline: str) -> str:
    """How a Content-Security-Policy names an inline element that may run."""
    return "sha256-" + base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()
