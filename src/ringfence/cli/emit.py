"""`ringfence emit`: a hardened service from a short description."""

import argparse
import sys

_EPILOG = """\
examples:
  ringfence emit compose shop.toml > compose.yaml
  ringfence emit kubernetes shop.toml | kubectl apply --filename -
  ringfence emit docker-run shop.toml
  ringfence emit compose --file-format 2.4 shop.toml    # for docker-compose before version 2

a description:
  name = "shop"
  image = "registry.example.com/shop:1.4@sha256:…"    # by digest: what was tried is what runs
  health = ["/app", "check"]                            # succeeds only when it works
  ports = ["8443:8080"]                                 # on this machine : in the container
  data = { state = "/var/lib/shop" }                    # volumes by name
  files = { "./shop.conf" = "/etc/shop.conf" }          # read-only
  scratch = ["/tmp"]
  environment = { LOG_LEVEL = "info" }
  secrets = ["database-password"]                       # files under /run/secrets
  needs = ["db"]
  user = "65532:65532"
  memory = "512m"
  cpus = "0.5"
  processes = 200
  listens = ["8080"]                                    # for those that need it; Kubernetes
  namespace = "shop"                                    # Kubernetes

Only name, image and health must be there. A stack has a table for each service, without `name`:
  [services.web]
  image = "registry.example.com/web:1.4@sha256:…"
  health = ["/web", "check"]
  needs = ["app"]                                       # starts when app is healthy, and shares a network with it
  [services.app]
  …

What comes out passes `ringfence audit`.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """FORM SERVICE.toml, and for which program."""
    parser.epilog = _EPILOG
    parser.add_argument("form", choices=("compose", "kubernetes", "docker-run"), help="what to write")
    parser.add_argument(
        "--file-format",
        choices=("spec", "2.4"),
        default="spec",
        help="Compose: the Compose Specification (default), or 2.4, for docker-compose before version 2",
    )
    parser.add_argument("file", metavar="SERVICE.toml", help="the description; - reads standard input")


def run(args: argparse.Namespace) -> int:
    """Print the text. Raises UsageError for a file that cannot be read, ConfigError for what it says."""
    from datetime import UTC, datetime

    from ringfence.audit.emit.emitter import emit
    from ringfence.cli import output
    from ringfence.errors import UsageError

    try:
        if args.file == "-":
            text = sys.stdin.read(1024 * 1024)
        else:
            with open(args.file, encoding="utf-8") as file:
                text = file.read(1024 * 1024)
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot read {args.file}: {getattr(error, 'strerror', 'it is no UTF-8')}") from None
    said = emit(args.form, text, file=args.file, today=datetime.now(UTC).date(), file_format=args.file_format)
    if args.json:
        output.print_json({"form": args.form, "text": said})
    else:
        print(said, end="")
    return 0
