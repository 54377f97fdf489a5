"""A variant as a build context for Alpine, the product's default: a Dockerfile and the files that it copies.

All that Debian's image has beside packages is the same files, composed by the same code. What is Alpine's alone is this
page: `apk add` into a root of its own in a first stage, and a second stage from nothing that takes that root.
"""

from pathlib import Path

from ringfence.errors import ImageRefused
from ringfence.images import build, supervise
from ringfence.images.description import Variant
from ringfence.images.tree import Tree

RELEASE = "3.22"


def context(variant: Variant, folder: Path, *, release: str = RELEASE) -> list[str]:
    """Write the build context; the names of its files. Raises ImageRefused."""
    tree = Tree()
    if variant.supervised:
        tree.file("usr/bin/busybox", b"", 0o755)
        supervise.add(tree, variant)
        tree.remove("usr/lib/ringfence/bin")
    own = build.overlay(tree, variant)
    try:
        written = own.write(folder / "files")
        (folder / "Dockerfile").write_text(dockerfile(variant, release))
        (folder / ".dockerignore").write_text("*\n!files\n")
    except OSError as error:
        raise ImageRefused(f"the build context cannot be written into {folder}: {error.strerror}") from error
    return ["Dockerfile", ".dockerignore", *written]


def dockerfile(variant: Variant, release: str) -> str:
    """The recipe. The base is named by tag here: pin it by digest where Alpine can be reached."""
    packages = " ".join(sorted(variant.packages["alpine"]))
    annotations = build.labels(variant, ("alpine", release), None, build.source_date())
    lines = [
        "# Written by `ringfence image build`; change the variant's folder, not this.",
        f"FROM alpine:{release} AS packages",
        "RUN mkdir -p /image/etc/apk && cp -R /etc/apk/keys /etc/apk/repositories /image/etc/apk/ \\",
        f" && apk add --no-cache --no-scripts --initdb --root /image alpine-baselayout-data {packages}",
    ]
    if variant.supervised:
        applets = " ".join(supervise.APPLETS)
        lines += [
            "RUN mkdir -p /image/usr/lib/ringfence/bin \\",
            " && mv /image/bin/busybox /image/usr/lib/ringfence/bin/busybox \\",
            f" && for name in {applets}; do ln -sf busybox /image/usr/lib/ringfence/bin/$name; done \\",
            " && rm -rf /image/tmp && ln -s run/tmp /image/tmp",
        ]
    lines += [
        "RUN rm -rf /image/etc/apk /image/lib/apk /image/sbin/apk /image/usr/bin/apk /image/var/cache/apk \\",
        " && find /image -xdev -perm /6000 -type f -exec chmod a-s {} + \\",
        " && find /image -xdev -type l -lname '*busybox' ! -path '/image/usr/lib/ringfence/*' -delete",
        "COPY files/ /image/",
        "",
        "FROM scratch",
        *(f'LABEL {name}="{value}"' for name, value in sorted(annotations.items())),
        "COPY --from=packages /image/ /",
        f"USER {variant.user}:{variant.user}",
        *(f"EXPOSE {port}" for port in variant.ports),
    ]
    config = build.configuration(variant, annotations, build.source_date())["config"]
    lines += [f"ENV {text}" for text in config["Env"]]
    words = ", ".join(f'"{word}"' for word in config["Healthcheck"]["Test"][1:])
    lines.append(f"HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=3 CMD [{words}]")
    lines.append("ENTRYPOINT [" + ", ".join(f'"{word}"' for word in config["Entrypoint"]) + "]")
    return "\n".join(lines) + "\n"
