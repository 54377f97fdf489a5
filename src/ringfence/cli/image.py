"""`ringfence image`: hardened base images, built, listed, examined, signed and verified."""

import argparse
from typing import TYPE_CHECKING

from ringfence.cli import imagebuild, imagetrust, output

if TYPE_CHECKING:
    from collections.abc import Callable

    from ringfence.images.examine import Finding
    from ringfence.images.layout import Image

_EPILOG = """\
examples:
  ringfence image list                           variants, and which releases are supported until when
  ringfence image build base --output ./layout   an OCI layout on disk, without any engine
  ringfence image build guest --engine docker    and loaded into an engine
  ringfence image build base --for alpine --engine podman     built by an engine, of Alpine's packages
  ringfence image build base --for alpine --output ./context  a Dockerfile and its files, for any engine
  ringfence image scan ./layout:base-debian12    also of an archive of `docker save`, or engine:NAME
  ringfence image sign ./layout:base-debian12 --key acme.pem
  ringfence image verify ./layout:base-debian12 --key acme.pub
  ringfence image sign ./layout:base-debian12 --keyless --identity-token-file token
  ringfence image verify ./layout:base-debian12 --certificate-identity release@example.com \\
      --certificate-oidc-issuer https://accounts.example.com
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """list, build, new, scan, sbom, sign, verify."""
    parser.epilog = _EPILOG
    what = parser.add_subparsers(dest="what", metavar="WHAT", required=True)
    listed = what.add_parser("list", help="variants, and the table of supported releases")
    listed.add_argument("--software", action="store_true", help="releases of languages and databases instead")
    imagebuild.add_arguments(what.add_parser("build", help="build a variant"))
    new = what.add_parser("new", help="make the folder of a new variant below ./images")
    new.add_argument("name", metavar="NAME")
    for name, text in (
        ("scan", "judge an image's configuration and files"),
        ("sbom", "print its bill of materials: the attached one, or what its files say"),
    ):
        one = what.add_parser(name, help=text)
        one.add_argument("place", metavar="IMAGE", help="LAYOUT:NAME, an archive, or engine:NAME")
        if name == "sbom":
            one.add_argument("--attach", action="store_true", help="attach what its files say to an image of a layout")
        if name == "scan":
            forms = "terminal, concise, json, sarif, junit, github, markdown, html"
            one.add_argument(
                "--format", metavar="FORM[=FILE]", action="append", default=[], help=f"{forms}; repeatable"
            )
    sign = what.add_parser("sign", help="sign an image of an OCI layout, or of an archive, as cosign lays it out")
    verify = what.add_parser("verify", help="check digests, signature, bill of materials and files of an image")
    imagetrust.add_arguments(sign, verify)


def run(args: argparse.Namespace) -> int:
    """Do it."""
    commands: dict[str, Callable[[argparse.Namespace], int]] = {
        "list": _list,
        "build": imagebuild.run,
        "new": _new,
        "scan": _scan,
        "sbom": _sbom,
        "sign": imagetrust.sign,
        "verify": imagetrust.verify,
    }
    return commands[args.what](args)


def _list(args: argparse.Namespace) -> int:
    from ringfence.controls.known import releases
    from ringfence.images import description

    if args.software:
        return _list_software(args)
    folders = sorted({p.parent for home in description.homes() for p in home.glob(f"*/{description.FILE}")})
    variants = [(folder.name, description.load(folder).description) for folder in folders]
    options = [
        (f"{folder.name} --with {name}", description.load(folder, [name]).description.partition("; ")[2])
        for folder in folders
        for name in description.option_names(folder)
    ]
    today = releases.today()
    table = [(one.distribution, one.version, one.level(today), one.full, one.limited) for one in releases.RELEASES]
    if args.json:
        keys = ("distribution", "version", "level", "full_until", "limited_until")
        output.print_json(
            {
                "variants": dict(variants),
                "options": dict(options),
                "releases": [dict(zip(keys, row, strict=True)) for row in table],
            }
        )
        return 0
    print(output.table(sorted(variants + options), ("variant", "what it is")))
    print()
    print(output.table(table, ("distribution", "version", "level", "full until", "limited until")))
    return 0


def _list_software(args: argparse.Namespace) -> int:
    """What official images hold, until when it is repaired, and who says so."""
    from ringfence.controls.known import softwarereleases

    today = softwarereleases.today().isoformat()
    rows = [
        (name, release, "supported" if today <= end else "unsupported", end, product.source)
        for name, product in softwarereleases.PRODUCTS.items()
        for release, end in product.ends.items()
    ]
    keys = ("image", "release", "level", "until", "source")
    if args.json:
        output.print_json({"software": [dict(zip(keys, row, strict=True)) for row in rows]})
    else:
        print(output.table(rows, keys))
    return 0


def _new(args: argparse.Namespace) -> int:
    from ringfence.errors import UsageError
    from ringfence.images import description, new

    if not args.name.replace("-", "").isalnum() or args.name != args.name.lower() or not args.name[0].isalpha():
        raise UsageError(f"{args.name!r} is no name for an image", hint="small letters, digits and hyphens")
    made = [str(path) for path in new.create(args.name, description.own_home())]
    if args.json:
        output.print_json({"files": made})
    else:
        print("\n".join(made))
    return 0


def _scan(args: argparse.Namespace) -> int:
    from ringfence.images import examine, places

    image = places.read(args.place)
    found = examine.examine(image)
    if args.format:
        return _written(args.format, image, found)
    return report(args, image, found)


def _written(forms: list[str], image: "Image", found: "list[Finding]") -> int:
    """The auditor's reports: to files, or to standard output."""
    from ringfence.audit import reports
    from ringfence.errors import UsageError
    from ringfence.images.report import report

    made = report(image, found)
    for form, _, file in (one.partition("=") for one in forms):
        if form not in reports.FORMS:
            raise UsageError(f"there is no report {form!r}", hint=f"choose from: {', '.join(reports.FORMS)}")
        text = reports.render(form, made, lambda path: None)
        if file:
            output.write_file(file, text)
        else:
            print(text, end="")
    return 1 if any(one.severity != "low" for one in found) else 0


def report(args: argparse.Namespace, image: "Image", found: "list[Finding]") -> int:
    """Print what was found; 1 for anything above low."""
    from ringfence.images.examine import RULES

    grave = [one for one in found if one.severity != "low"]
    if args.json:
        rows = [{"rule": f.rule, "severity": f.severity, "place": f.place, "found": f.found} for f in found]
        output.print_json({"image": image.digest, "findings": rows})
    else:
        for one in found:
            print(f"{one.severity}[{one.rule}]: {one.place}: {one.found} ({RULES[one.rule][1]})")
        print(f"{image.digest}: {len(found)} findings, {len(grave)} of them more than low")
    return 1 if grave else 0


def _sbom(args: argparse.Namespace) -> int:
    from ringfence.images import places, sbom
    from ringfence.images.layout import Layout

    folder, name = places.split(args.place)
    attached: list[bytes] = []
    if args.attach and not folder.is_dir():
        from ringfence.errors import UsageError

        raise UsageError("a bill can be attached only to an image of an OCI layout", hint="name it FOLDER:NAME")
    if folder.is_dir() and not args.attach:
        layout = Layout(folder)
        attached = layout.attached(layout.find(name), sbom.KIND)
    if attached:
        print(attached[0].decode(), end="")
        return 0
    from ringfence.images import inventory

    image = places.read(args.place)
    bill = inventory.bill(image)
    if args.attach:
        Layout(folder).attach(image.digest, sbom.KIND, bill)
    print(bill.decode(), end="")
    return 0
