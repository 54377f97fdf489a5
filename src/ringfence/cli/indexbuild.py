"""`ringfence index build`: the pages of an index."""

import argparse

from ringfence.cli import output


def arguments(_: str, command: argparse.ArgumentParser) -> None:
    """Which index, and what index.toml does not say."""
    from ringfence.cli.indexkeep import at_argument

    at_argument(command)
    command.add_argument("--url", default="", metavar="URL", help="where public/ is hosted (else [site] url)")
    command.add_argument(
        "--security-contact",
        action="append",
        default=[],
        metavar="ADDRESS",
        help="for security.txt, such as mailto:security@example.com (else [security] contact)",
    )
    more = "make every page anew, and put right what others changed"
    command.add_argument("--all", action="store_true", dest="everything", help=more)


def run(args: argparse.Namespace) -> int:
    """Write what changed."""
    from ringfence.cli.indexkeep import workspace
    from ringfence.index.site.build import build
    from ringfence.index.site.settings import read

    space = workspace(args)
    settings = read(space.folder / "index.toml", url=args.url, contacts=tuple(args.security_contact))
    done = build(space, settings, everything=args.everything)
    if args.json:
        output.print_json(
            {"folder": str(done.folder), "pages": done.pages, "written": done.written, "removed": done.removed,
             "security_txt": done.security}
        )  # fmt: skip
        return 0
    print(f"{done.folder}: {done.pages} files, {done.written} written, {done.removed} removed")
    if not done.security:
        output.warn("there is no security.txt: name a [security] contact in index.toml, or --security-contact")
    return 0
