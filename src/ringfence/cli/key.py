"""`ringfence key`: key pairs of publishers and reviewers."""

import argparse
from pathlib import Path

from ringfence.cli import output

HELP = "make a key pair, or show a public key"

_EPILOG = """\
examples:
  ringfence key new acme.pem
  ringfence key show acme.pub

Give ACME.pub to the index's maintainers, and keep ACME.pem to yourself. Keys on a YubiKey or in a cloud's key
service are named where a key is used: --key acme.pub=hsm:2 or acme.pub=awskms:alias/acme.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """new, show."""
    parser.epilog = _EPILOG
    what = parser.add_subparsers(dest="what", metavar="WHAT", required=True)
    new = what.add_parser("new", help="make a key pair: FILE, and FILE with .pub in place of .pem")
    new.add_argument("file", metavar="FILE.pem")
    new.add_argument("--kind", choices=("ed25519", "ecdsa", "rsa"), default="ed25519", help="(default: ed25519)")
    new.add_argument("--passphrase-file", metavar="FILE", help="holds its passphrase (else you are asked)")
    new.add_argument("--in-the-clear", action="store_true", help="without a passphrase: whoever reads it can sign")
    show = what.add_parser("show", help="the id and kind of a public key")
    show.add_argument("file", metavar="FILE.pub")


def run(args: argparse.Namespace) -> int:
    """Do it."""
    from ringfence.signing import keyfiles

    file = Path(args.file)
    if args.what == "show":
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
        made = f"wrote {file} and {file.with_suffix('.pub')}: " if args.what == "new" else ""
        print(f"{made}{key.keytype} {key.keyid}")
    return 0
