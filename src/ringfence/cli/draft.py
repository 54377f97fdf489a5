"""What a person says of a weakness on the command line."""

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ringfence.advisories.own import Draft


def add_arguments(command: argparse.ArgumentParser, *, plugin_required: bool = True) -> None:
    """The options of an advisory."""
    add = command.add_argument
    add("plugin", metavar="PLUGIN", nargs=None if plugin_required else "?", help="the plugin that it is about")
    add("--summary", default="", metavar="TEXT", help="one line")
    add("--details", default="", metavar="TEXT", help="more, in Markdown")
    add("--introduced", default="0", metavar="VERSION", help="the first affected version (default: all)")
    add("--fixed", default="", metavar="VERSION", help="the first version that is not affected any more")
    add("--last-affected", default="", metavar="VERSION", help="where no fixed version is known")
    add("--cvss", action="append", default=[], metavar="VECTOR", help="CVSS 3.1 or 4.0; the score is computed")
    add("--alias", action="append", default=[], metavar="ID", help="the same in another database, such as CVE-…")
    add("--reference", action="append", default=[], metavar="TYPE=URL", help="such as FIX=https://… or WEB=https://…")
    add("--credit", action="append", default=[], metavar="NAME", help="who found it")


def read(args: argparse.Namespace) -> "Draft":
    """The draft. Raises UsageError."""
    from ringfence.advisories.own import REFERENCES, Draft
    from ringfence.errors import UsageError

    references = []
    for text in args.reference:
        kind, equals, url = text.partition("=")
        if not equals or kind not in REFERENCES:
            raise UsageError(f"{text[:60]!r} is no reference", hint=f"TYPE=URL; types: {', '.join(REFERENCES)}")
        references.append((kind, url))
    return Draft(
        plugin=args.plugin or "",
        summary=args.summary,
        details=args.details,
        introduced=args.introduced,
        fixed=args.fixed,
        last_affected=args.last_affected,
        vectors=tuple(args.cvss),
        aliases=tuple(args.alias),
        references=tuple(references),
        credits=tuple(args.credit),
    )
