"""`ringfence image sign` and `verify`: by keys, or by an identity that Sigstore vouches for."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from ringfence.cli import output

if TYPE_CHECKING:
    from ringfence.images.layout import Layout


def add_arguments(sign: argparse.ArgumentParser, verify: argparse.ArgumentParser) -> None:
    """Which image, by whom."""
    for one in (sign, verify):
        one.add_argument("place", metavar="LAYOUT:NAME" if one is verify else "IMAGE")
        one.add_argument("--key", metavar="FILE", action="append", default=[])
        one.add_argument(
            "--trust-config", metavar="FILE", help="Sigstore's roots and services (default: the public ones)"
        )
    sign.add_argument("--keyless", action="store_true", help="sign as the identity of a token, through Sigstore")
    sign.add_argument(
        "--identity-token-file", metavar="FILE", help="holds the OpenID Connect token (default: what the CI offers)"
    )
    sign.add_argument("--passphrase-file", metavar="FILE", help="holds the key's passphrase (else you are asked)")
    sign.add_argument("--output", metavar="DIR", help="the layout that is made of an archive (default: ARCHIVE.oci)")
    sign.add_argument("--reference", metavar="NAME", default="", help="the name under which the image is published")
    verify.add_argument(
        "--certificate-identity", metavar="NAME", help="who signed: a mail address, or a workflow's URL"
    )
    verify.add_argument("--certificate-oidc-issuer", metavar="URL", help="who knows that identity")


def sign(args: argparse.Namespace) -> int:
    """Sign. Raises UsageError, KeyUnavailable, ImageRefused."""
    from ringfence.errors import UsageError
    from ringfence.images import keyless, places, signatures
    from ringfence.images.layout import Layout
    from ringfence.signing import keyfiles, signers

    if bool(args.key) == args.keyless:
        raise UsageError("an image is signed with a key or as an identity", hint="--key FILE, or --keyless")
    if not args.keyless and (args.identity_token_file or args.trust_config):
        raise UsageError("a token and Sigstore's roots are for --keyless")
    folder, name = places.layout(args.place)
    chosen = [signers.signer(key, keyfiles.passphrase_asker(args.passphrase_file)) for key in args.key]
    if folder.is_file():
        archive, folder = folder, Path(args.output or folder.with_suffix(".oci"))
        name = places.from_archive(archive, folder)
    elif args.output:
        raise UsageError("--output is for archives", hint="a signature is kept in the layout that it signs")
    layout = Layout(folder)
    image = layout.read(name)
    made = signatures.tag(image.digest)
    if args.keyless:
        made = keyless.sign(layout, image.digest, args.identity_token_file, args.trust_config, args.reference)
    for signer in chosen:
        signatures.sign(layout, image.digest, signer, args.reference)
    place = f"{folder}:{name}" if name else str(folder)
    if args.json:
        output.print_json({"digest": image.digest, "signatures": made, "place": place})
    else:
        print(f"{image.digest} is signed: {made} in {place}")
    return 0


def verify(args: argparse.Namespace) -> int:
    """Hold digests, signatures, bill of materials and files of an image against what is wanted."""
    from ringfence import strictjson
    from ringfence.cli.image import report
    from ringfence.errors import ImageRefused
    from ringfence.images import examine, places, sbom
    from ringfence.images.layout import Layout

    _complete(args)
    folder, name = places.layout(args.place)
    layout = Layout(folder)
    image = layout.read(name)  # every digest
    signed = _signers(args, layout, image.digest)
    bills = layout.attached(image.digest, sbom.KIND)
    if not bills:
        raise ImageRefused(f"no bill of materials is attached to {args.place}")
    bill = strictjson.loads(bills[0], limits=strictjson.JsonLimits(max_bytes=16 << 20, max_depth=40, max_items=400_000))
    count = len(bill.get("components", [])) if isinstance(bill, dict) else 0
    if not args.json:
        print(f"digest     {image.digest}")
        print(f"signed by  {', '.join(signed)}")
        print(f"contains   {count} packages")
    return report(args, image, examine.examine(image))


def _complete(args: argparse.Namespace) -> None:
    """Raises UsageError where it is not said whose signature is wanted."""
    from ringfence.errors import UsageError

    if bool(args.certificate_identity) != bool(args.certificate_oidc_issuer):
        raise UsageError(
            "an identity is one that an issuer knows: anybody may call themselves by a name",
            hint="name both --certificate-identity and --certificate-oidc-issuer",
        )
    if not args.key and not args.certificate_identity:
        raise UsageError(
            "it is not said whose signature is wanted",
            hint="--key FILE, or --certificate-identity NAME --certificate-oidc-issuer URL",
        )


def _signers(args: argparse.Namespace, layout: "Layout", digest: str) -> list[str]:
    """Who signed, of those that were asked for: one of the keys, and the identity. Raises BadStatement."""
    from ringfence.images import keyless, signatures
    from ringfence.signing import keyfiles

    found = list[str]()
    if args.key:
        found += signatures.verify(layout, digest, [keyfiles.read_public(Path(key)) for key in args.key])
    if args.certificate_identity:
        who, issuer = args.certificate_identity, args.certificate_oidc_issuer
        keyless.verify(layout, digest, who, issuer, args.trust_config)
        found.append(f"{who} ({issuer})")
    return found
