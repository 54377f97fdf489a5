"""`ringfence index`: a marketplace of plugins, for those who keep one and those who use it."""

import argparse
from importlib import import_module

_EPILOG = """\
to use one:
  ringfence index add acme https://plugins.example.com/ --root-fingerprint 1:9f86d0…
  ringfence search words && ringfence install word-count

to keep one:
  ringfence index init plugins.example.com --reviews 2
  ringfence index publisher add acme --key acme.pub --own 'acme-*' --at plugins.example.com
  ringfence index reviewer add alice --key alice.pub --at plugins.example.com
  ringfence publish ./acme-words --to plugins.example.com --key acme.pem
  ringfence index review acme-words 1.0.0 --at plugins.example.com
  ringfence index review acme-words 1.0.0 --approve --as alice --key alice.pem --checked all --reason 'read it all'
  ringfence index yank acme-words 1.0.0 --reason 'breaks on empty files' --at plugins.example.com
"""

#: Each: the module that does it, and its one line of help.
_WHAT = {
    "add": ("indexuse", "use an index, pinned to its root"),
    "remove": ("indexuse", "forget an index"),
    "list": ("indexuse", "the indexes that are used here"),
    "init": ("indexkeep", "make an index, with its keys"),
    "fingerprint": ("indexkeep", "what users pin: the fingerprint of root"),
    "status": ("indexkeep", "what waits, and which signatures run out"),
    "publisher": ("indexkeep", "add, change or remove somebody who publishes, and the names that are theirs"),
    "reviewer": ("indexkeep", "add or remove somebody who reviews"),
    "policy": ("indexkeep", "show the policy, or say how many reviews a stable release needs"),
    "accept": ("indexkeep", "take what was submitted: check, vet, and put into the channel candidate"),
    "review": ("indexreview", "see what there is to review, approve or reject it"),
    "yank": ("indexkeep", "offer a release no longer; by its exact version it still installs, with a warning"),
    "quarantine": ("indexkeep", "let nobody install a release"),
    "deprecate": ("indexkeep", "say that a release has no future"),
    "restore": ("indexkeep", "take back a yank, a quarantine or a deprecation"),
    "advise": ("indexadvise", "publish an advisory about a plugin, or withdraw one"),
    "vex": ("indexadvise", "state what vulnerabilities mean for releases (CycloneDX VEX)"),
    "disclosures": ("indexadvise", "the reports that came in, and by when they have to be answered"),
    "security-txt": ("indexadvise", "print a security.txt (RFC 9116)"),
    "transfer": ("indexkeep", "give a name to another publisher"),
    "renew": ("indexkeep", "sign again what runs out; the timestamp always: run it daily"),
    "rotate": ("indexkeep", "give a role new keys"),
    "rebin": ("indexkeep", "spread the records over hash bins: for more than some 2,000 targets"),
    "tidy": ("indexkeep", "delete metadata that no client can ask for any more"),
    "build": ("indexbuild", "write the site of the index: static pages, a feed, security.txt"),
    "import": ("indeximport", "vet a marketplace of Claude Code, and take what passes into an index"),
    "export-marketplace": ("indexmarket", "write .claude-plugin/marketplace.json, pinned by digest"),
    "tuf-client": ("indextuf", "the plain operations of TUF's client, for conformance suites"),
    "serve": ("indexserve", "serve index, API and site on loopback"),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Every thing that can be done."""
    parser.epilog = _EPILOG
    what = parser.add_subparsers(dest="what", metavar="WHAT", required=True)
    for name, (module, text) in _WHAT.items():
        command = what.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".", allow_abbrev=False)
        import_module(f"ringfence.cli.{module}").arguments(name, command)


def run(args: argparse.Namespace) -> int:
    """Do what was asked for."""
    module, _ = _WHAT[args.what]
    code: int = import_module(f"ringfence.cli.{module}").run(args)
    return code
