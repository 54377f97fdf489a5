"""The frame of every page: its head with a policy that lets nothing but our own files run, and its landmarks."""

from ringfence.audit.reports import webpage
from ringfence.audit.reports.webpage import text
from ringfence.dataclasses import dataclass
from ringfence.index.site.settings import Settings

STYLE = "style.css"
SCRIPT = "site.js"

_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)
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
<link rel="stylesheet" href="{up}{style}">
<link rel="alternate" type="application/atom+xml" title="Releases and advisories" href="{up}feed.xml">
{script}</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header>
<nav class="site" aria-label="Site"><strong>{name}</strong>{links}</nav>
</header>
<main id="content" tabindex="-1">
{body}
</main>
<footer>A signed index of plugins. Clients verify what they install themselves, and need not trust this page.</footer>
</body>
</html>
"""
_PLACES = {
    "index.html": "Plugins",
    "publishers/index.html": "Publishers",
    "acts.html": "Acts",
    "feed.xml": "Feed",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Site:
    """What every page knows of the index. `fingerprint` is what users pin."""

    name: str
    fingerprint: str
    settings: Settings

    @property
    def title(self) -> str:
        """What the index is called on its pages."""
        return self.settings.title or self.name


def page(site: Site, path: str, title: str, body: list[str], *, script: bool = False) -> str:
    """A whole page for `path` in the site. `title` is text, `body` HTML."""
    up = "../" * path.count("/")
    links = (
        f'<a href="{up}{to}"' + (' aria-current="page"' if to == path else "") + f">{said}</a>"
        for to, said in _PLACES.items()
    )
    return _SHELL.format(
        policy=_POLICY,
        title=text(f"{title} - {site.title}" if title != site.title else title),
        up=up,
        style=STYLE,
        script=f'<script src="{up}{SCRIPT}" defer></script>\n' if script else "",
        name=text(site.title),
        links="".join(links),
        body="\n".join(body),
    )


def assets() -> dict[str, str]:
    """The files that pages link to: one look with the audit's reports, and the script of the search."""
    from importlib import resources

    here = resources.files(__package__)
    own = here.joinpath("site.css").read_text(encoding="utf-8")
    return {
        STYLE: webpage.shipped("style.css") + own,
        SCRIPT: here.joinpath(SCRIPT).read_text(encoding="utf-8"),
    }


def table(head: tuple[str, ...], rows: list[str], caption: str, *, attributes: str = "") -> str:
    """A table that scrolls by itself where it is too wide. `rows` are HTML, everything else text."""
    cells = "".join(f'<th scope="col">{text(each)}</th>' for each in head)
    return (
        f'<div class="wide" role="region" aria-label="{text(caption)}" tabindex="0">\n<table{attributes}>\n'
        f"<caption>{text(caption)}</caption>\n<thead><tr>{cells}</tr></thead>\n<tbody>\n"
        + "\n".join(rows)
        + "\n</tbody>\n</table>\n</div>"
    )


def day(time: str) -> str:
    """The date of a time as HTML."""
    return f'<time datetime="{text(time)}">{text(time[:10])}</time>' if time else ""


def mark(word: str) -> str:
    """A word of standing, verdict or severity, in its colour and never by colour alone."""
    kind = _KINDS.get(word, "soft")
    return f'<span class="badge {kind}">{text(word)}</span>'


_KINDS = {
    "stable": "fine",
    "reviewed": "fine",
    "pass": "fine",
    "approve": "fine",
    "candidate": "medium",
    "not reviewed": "medium",
    "warn": "medium",
    "deprecated": "medium",
    "yanked": "high",
    "quarantined": "critical",
    "reject": "critical",
    "block": "critical",
    "critical": "critical",
    "high": "high",
    "medium": "medium",
    "low": "low",
}
