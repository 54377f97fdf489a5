"""`ringfence image build`: by our own builder into an OCI layout, or by an engine from a Dockerfile."""

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ringfence.cli import output

if TYPE_CHECKING:
    from ringfence.images.description import Variant


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What, with which options, for which distribution, by whom, and where to."""
    parser.add_argument("variant", metavar="VARIANT", help="a folder, or a name below ./images")
    parser.add_argument(
        "--with", dest="options", metavar="OPTION", action="append", default=[], help="an option of it; repeatable"
    )
    parser.add_argument("--for", dest="distribution", choices=("debian", "alpine"), default="debian")
    parser.add_argument(
        "--output", metavar="DIR", help="OCI layout to add to, or build context to write (default: ./layout, ./context)"
    )
    parser.add_argument("--engine", choices=("none", "auto", "docker", "podman", "buildah"), default="none")
    parser.add_argument("--tag", metavar="NAME:TAG", help="its name in the engine (default: ringfence-VARIANT:latest)")
    parser.add_argument(
        "--by-engine", action="store_true", help="let the engine build it, from a Dockerfile (for Alpine always)"
    )
    parser.add_argument("--base", metavar="IMAGE", help="what an engine builds upon, best as NAME@sha256:…")
    parser.add_argument("--network", metavar="NAME", default="", help="the network of an engine's build")
    parser.add_argument(
        "--allow-unsupported-release", action="store_true", help="also of a release past its end of life"
    )


def run(args: argparse.Namespace) -> int:
    """Do it."""
    from ringfence.errors import UsageError
    from ringfence.images import build, debian, description, engines
    from ringfence.images.layout import Layout

    folder = description.find(args.variant)
    variant = description.load(folder, args.options)
    if args.by_engine or args.distribution == "alpine":
        return _build_by_engine(args, variant, folder)
    if args.base or args.network:
        raise UsageError("--base and --network are for builds of an engine", hint="add --by-engine")
    distribution = debian.release()
    _supported(*distribution, allowed=args.allow_unsupported_release)
    layout = Layout(Path(args.output or "layout"))
    store = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "ringfence" / "packages"
    told = _silent if args.json else _progress
    built = build.build(variant, layout, store, distribution=distribution, folder=folder, progress=told)
    kind = engines.present() if args.engine == "auto" else args.engine
    tag = args.tag or f"ringfence-{variant.name}:latest"
    if kind and kind != "none":
        told(f"giving it to {kind} as {tag}")
        engines.give(layout.read(built.name), tag, kind)
    if args.json:
        output.print_json(
            {"name": built.name, "digest": built.digest, "layer": built.layer, "size": built.size,
             "packages": list(built.packages), "layout": str(layout.folder)}
        )  # fmt: skip
        return 0
    print(f"{layout.folder}:{built.name}  {built.digest}  {built.size / 1e6:.1f} MB, {len(built.packages)} packages")
    return 0


def _progress(text: str) -> None:
    print(f"  {text}", file=sys.stderr)


def _silent(text: str) -> None:
    """For `--json`."""


def _build_by_engine(args: argparse.Namespace, variant: "Variant", source: Path) -> int:
    """A build context, and the image that an engine makes of it where one was named."""
    import tempfile

    from ringfence.images import context

    _supported(args.distribution, context.RELEASES[args.distribution], allowed=args.allow_unsupported_release)
    if args.engine == "none":
        folder = args.output or "context"
        written = context.write(variant, Path(folder), args.distribution, args.base or "", source)
        if args.json:
            output.print_json({"context": folder, "files": written})
        else:
            print(f"{len(written)} files in {folder}: build it with 'docker build {folder}'")
        return 0
    with tempfile.TemporaryDirectory(prefix="ringfence-context-") as temporary:
        place = Path(args.output or temporary)
        context.write(variant, place, args.distribution, args.base or "", source)
        return _built_by_engine(args, variant, place)


def _built_by_engine(args: argparse.Namespace, variant: "Variant", folder: Path) -> int:
    from ringfence.errors import SandboxUnavailable
    from ringfence.images import build, enginebuild, engines

    kind = engines.present() if args.engine == "auto" else args.engine
    if not kind:
        raise SandboxUnavailable("there is no engine here to build with", hint="install docker, podman or buildah")
    order = enginebuild.Order(
        context=folder,
        tag=args.tag or f"ringfence-{variant.name}:latest",
        kind=kind,
        network=args.network,
        epoch=build.source_date(),
    )

    def supported(distribution: str, version: str) -> None:
        _supported(distribution, version, allowed=args.allow_unsupported_release)

    image = enginebuild.build(variant, order, _silent if args.json else _progress, supported)
    if args.json:
        output.print_json({"name": order.tag, "engine": kind, "digest": image.digest})
    else:
        print(f"{order.tag} in {kind}  {image.digest}")
    return 0


def _supported(distribution: str, version: str, *, allowed: bool) -> None:
    """Refuse a release past its end of life, unless that is asked for by name."""
    from ringfence.controls.known import releases
    from ringfence.errors import ImageRefused

    release = releases.find(distribution, version)
    level = release.level(releases.today()) if release else "unknown"
    if level in ("full", "limited"):
        return
    said = f"repaired no more since {release.limited}" if release else "not in the table of supported releases"
    if not allowed:
        raise ImageRefused(
            f"{distribution} {version} is {said}", hint="take a newer one, or say --allow-unsupported-release"
        )
    output.warn(f"{distribution} {version} is {said}")
