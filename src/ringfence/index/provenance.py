"""The attestations that a release carries (PEP 740): which repository and workflow it was built in, by Sigstore.

They come on top of the publisher's own signature, and only count for an identity that the index's policy names for
that publisher. Verified without a network, against the roots of trust that come with the library; it is no part of an
ordinary installation: `pip install 'ringfence[sigstore]'`.
"""

from collections.abc import Mapping

from ringfence.errors import BadStatement

MAX_BYTES = 1 << 20
_KINDS = {"github": "GitHubPublisher", "gitlab": "GitLabPublisher"}


def is_available() -> bool:
    """Whether attestations can be verified here."""
    from importlib.util import find_spec

    return find_spec("pypi_attestations") is not None


def verify(data: bytes, file: str, sha256: str, identity: Mapping[str, str]) -> list[str]:
    """Hold every attestation against a file and an identity; gives the kinds of statement that hold.

    `identity` is {"kind": "github" | "gitlab", "repository": "owner/name", "workflow": "release.yml"}.
    Raises BadStatement for the first one that does not hold, and where there is none.
    """
    import logging

    from pydantic import ValidationError
    from pypi_attestations import AttestationError, Distribution, Provenance

    logging.getLogger("sigstore").setLevel(logging.ERROR)  # it warns that it uses no network, as it was told
    what = f"the attestation of {file}"
    if len(data) > MAX_BYTES:
        raise BadStatement(f"{what} is larger than {MAX_BYTES} bytes")
    try:
        provenance = Provenance.model_validate_json(data)
        distribution = Distribution(name=file, digest=sha256)
        publisher = _publisher(identity)
    except (ValidationError, ValueError) as error:
        raise BadStatement(f"{what} is not one of PEP 740") from error
    kinds = []
    for bundle in provenance.attestation_bundles:
        for attestation in bundle.attestations:
            try:
                kind, _ = attestation.verify(publisher, distribution, offline=True)  # type: ignore[arg-type]
            except AttestationError as error:
                raise BadStatement(f"{what} does not hold: {str(error)[:300]}") from error
            kinds.append(kind)
    if not kinds:
        raise BadStatement(f"{what} holds nothing")
    return kinds


def parse_identity(text: str) -> dict[str, str]:
    """The identity in `github:owner/name:release.yml`. Raises UsageError."""
    import re

    from ringfence.errors import UsageError

    match = re.fullmatch(r"(github|gitlab):([A-Za-z0-9_./-]{3,200}):([A-Za-z0-9_./-]{1,200})", text)
    if match is None:
        raise UsageError(f"{text[:80]!r} is no identity", hint="for example github:acme/words:release.yml")
    return {"kind": match[1], "repository": match[2], "workflow": match[3]}


def _publisher(identity: Mapping[str, str]) -> object:
    import pypi_attestations

    maker = getattr(pypi_attestations, _KINDS[identity["kind"]])
    if identity["kind"] == "gitlab":
        return maker(repository=identity["repository"], workflow_filepath=identity["workflow"])
    return maker(repository=identity["repository"], workflow=identity["workflow"])
