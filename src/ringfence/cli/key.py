"""`ringfence key`: key pairs of publishers and reviewers."""

import argparse
from pathlib import Path

from ringfence.cli import output

_EPILOG = """\
examples:
  ringfence key new acme.pem
  ringfence key show acme.pub
  PYKCS11LIB=/usr/lib/x86_64-linux-gnu/libykcs11.so ringfence key import 'hsm:2?label=YubiKey' acme.pub

Give ACME.pub to the index's maintainers, and keep ACME.pem to yourself. Keys on a YubiKey or in a cloud's key
service are named where a key is used: --key acme.pub=hsm:2 or acme.pub=awskms:alias/acme.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """new, show, import."""
    parser.epilog = _EPILOG
    what = parser.add_subparsers(dest="what", metavar="WHAT", required=True)
    new = what.add_parser("new", help="make a key pair: FILE, and FILE with .pub in place of .pem")
    new.add_argument("file", metavar="FILE.pem")
    new.add_argument("--kind", choices=("ed25519", "ecdsa", "rsa"), default="ed25519", help="(default: ed25519)")
    new.add_argument("--passphrase-file", metavar="FILE", help="holds its passphrase (else you are asked)")
    new.add_argument("--in-the-clear", action="store_true", help="without a passphrase: whoever reads it can sign")
    bring = what.add_parser("import", help="write down the public key of a device or a cloud's key service")
    bring.add_argument(
        "address", metavar="ADDRESS", help="hsm:NUMBER?label=TOKEN, awskms:…, gcpkms:…, azurekms:…, hv:…"
    )
    bring.add_argument("file", metavar="FILE.pub")
    bring.add_argument("--passphrase-file", metavar="FILE", help="holds its PIN, if it asks for one")
    show = what.add_parser("show", help="the id and kind of a public key")
    show.add_argument("file", metavar="FILE.pub")


def run(args: argparse.Namespace) -> int:
    """Do it."""
    from ringfence.signing import keyfiles

    file = Path(args.file)
    if args.what == "import":
        from ringfence.signing.signers import import_key

        key = import_key(args.address, keyfiles.passphrase_asker(args.passphrase_file))
        keyfiles.write_public(file, key)
    elif args.what == "show":
        key = keyfiles.read_public(file)
    else:
        from ringfence.errors import UsageError

        if file.suffix != ".pem":
            raise UsageError(f"a private key's file ends with .pem, not {file.name!r}")
        if args.in_the_clear:
            output.warn("the key has no passphrase: whoever reads it can sign")
        passphrase = None if args.in_the_clear else keyfiles.new_passphrase(args.passphrase_file)
        key = keyfiles.create(file, passphrase, kind=args.kind)
    if args.json:
        output.print_json(keyfiles.public_dict(key))
    else:
        made = {"new": f"wrote {file} and {file.with_suffix('.pub')}: ", "import": f"wrote {file}: "}.get(args.what, "")
        print(f"{made}{key.keytype} {key.keyid}")
    return 0
