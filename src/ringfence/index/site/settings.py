"""What `index.toml` says of the site: `[site]` and `[security]`. Nothing of it is needed but for security.txt."""

from collections.abc import Mapping
from pathlib import Path

from ringfence.configfile import read_trusted
from ringfence.dataclasses import dataclass, field
from ringfence.errors import ConfigError, UsageError

_SITE = ("url", "title")
_LISTS = ("contact", "languages")
_TEXTS = ("policy", "acknowledgments", "encryption")
_LONGEST = 500


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """`url` is where `public/` is hosted, with a slash at its end, or empty; `security` are addresses of RFC 9116."""

    url: str = ""
    title: str = ""
    contacts: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    security: Mapping[str, str] = field(default_factory=dict)


def read(file: Path, *, url: str = "", contacts: tuple[str, ...] = ()) -> Settings:
    """The settings in `file`; a `url` and `contacts` of the command line come before it. Raises ConfigError."""
    from ringfence.tomltext import load

    data = load(read_trusted(file), file=str(file)).data
    site = _table(data, "site", _SITE, file)
    security = _table(data, "security", (*_LISTS, *_TEXTS), file)
    return Settings(
        url=_address(url or _line(site.get("url", ""), "[site] url", file)),
        title=_line(site.get("title", ""), "[site] title", file),
        contacts=contacts or _lines(security.get("contact", []), "[security] contact", file),
        languages=_lines(security.get("languages", []), "[security] languages", file),
        security={name: _line(security.get(name, ""), f"[security] {name}", file) for name in _TEXTS},
    )


def _address(url: str) -> str:
    if url and not url.startswith(("https://", "http://127.0.0.1", "http://localhost")):
        raise UsageError(f"{url[:80]!r} is no https address of a site")
    return url if not url or url.endswith("/") else f"{url}/"


def _table(data: Mapping[str, object], name: str, known: tuple[str, ...], file: Path) -> Mapping[str, object]:
    found = data.get(name, {})
    if not isinstance(found, Mapping):
        raise ConfigError(f"[{name}] has to be a table", file=str(file))
    for key in found:
        if key not in known:
            raise ConfigError(f"[{name}] names {key!r}", file=str(file), hint=f"it knows: {', '.join(known)}")
    return found


def _lines(value: object, what: str, file: Path) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ConfigError(f"{what} has to be a list", file=str(file))
    return tuple(_line(each, what, file) for each in value)


def _line(value: object, what: str, file: Path) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST or any(not c.isprintable() for c in value):
        raise ConfigError(f"{what} has to be one line of text", file=str(file))
    return str(value)
