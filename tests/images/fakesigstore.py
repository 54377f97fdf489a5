"""A Sigstore of the tests' own on loopback: a CA (Fulcio), its certificate log, a log of signatures (Rekor).

What it gives is real: X.509 with embedded signed certificate timestamps, a Merkle tree with inclusion proofs and signed
checkpoints. `trust_config` is what a client is given to trust it, and it alone. What makes it go wrong is switched on.
"""

import base64
import hashlib
import json
import struct
import threading
import time
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

ISSUER = "https://accounts.example.com"
_ISSUER_OLD = x509.ObjectIdentifier("1.3.6.1.4.1.57264.1.1")
_ISSUER_NEW = x509.ObjectIdentifier("1.3.6.1.4.1.57264.1.8")
_TIMESTAMPS = x509.ObjectIdentifier("1.3.6.1.4.1.11129.2.4.2")
_VALID = {"start": "2020-01-01T00:00:00Z"}


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _public(key: ec.EllipticCurvePrivateKey) -> bytes:
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return key.public_key().public_bytes(serialization.Encoding.DER, form)


def _id(key: ec.EllipticCurvePrivateKey) -> bytes:
    return hashlib.sha256(_public(key)).digest()


def _sign(key: ec.EllipticCurvePrivateKey, data: bytes) -> bytes:
    return key.sign(data, ec.ECDSA(hashes.SHA256()))


def _der(tag: int, data: bytes) -> bytes:
    size = len(data)
    length = bytes([size]) if size < 128 else bytes([0x81, size]) if size < 256 else b"\x82" + struct.pack(">H", size)
    return bytes([tag]) + length + data


def _usage(**used: bool) -> x509.KeyUsage:
    names = "digital_signature content_commitment key_encipherment data_encipherment key_agreement key_cert_sign"
    names += " crl_sign encipher_only decipher_only"
    return x509.KeyUsage(**{name: used.get(name, False) for name in names.split()})


class Sigstore:
    """`timestamped`: certificates carry the timestamp of their log. `ahead`: how far the signatures' log's clock is."""

    def __init__(self) -> None:
        self.timestamped = True
        self.ahead = 0
        self._root, self._ct, self._log = (ec.generate_private_key(ec.SECP256R1()) for _ in range(3))
        self._authority = self._self_signed()
        self._leaves = [hashlib.sha256(b"\0" + bytes([number])).digest() for number in range(5)]
        self._tokens = dict[str, dict[str, Any]]()
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                said = service.answer(self.path, self.headers.get("Authorization", ""), asked)
                data = json.dumps(said).encode()
                self.send_response(400 if "message" in said else 201)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_: object) -> None:
                """Says nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """End it."""
        self._server.shutdown()
        self._server.server_close()

    def token(self, identity: str, issuer: str = ISSUER) -> str:
        """A token by which it knows somebody."""
        now = int(time.time())
        claims = {"aud": "sigstore", "iss": issuer, "sub": identity, "iat": now, "exp": now + 600}
        parts = [json.dumps(one).encode() for one in ({"alg": "HS256", "typ": "JWT"}, claims)]
        text = ".".join(base64.urlsafe_b64encode(one).decode().rstrip("=") for one in (*parts, b"signature"))
        self._tokens[text] = claims
        return text

    def answer(self, path: str, authorization: str, asked: dict[str, Any]) -> dict[str, Any]:
        """What a service says."""
        if path == "/api/v2/signingCert":
            token = authorization.removeprefix("Bearer ")
            if token not in self._tokens:
                return {"message": f"the token {token} is not one of ours"}
            request = base64.b64decode(asked["certificateSigningRequest"])
            chain = [self._certificate(self._tokens[token], request), self._authority]
            pem = [one.public_bytes(serialization.Encoding.PEM).decode() for one in chain]
            return {"signedCertificateEmbeddedSct": {"chain": {"certificates": pem}}}
        assert path == "/api/v1/log/entries", path
        return self._entry(asked)

    # -- the CA and its log

    def _self_signed(self) -> x509.Certificate:
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "an authority of tests")])
        now = datetime.now(UTC)
        made = x509.CertificateBuilder(name, name, self._root.public_key(), x509.random_serial_number())
        made = made.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        made = made.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        made = made.add_extension(_usage(key_cert_sign=True, crl_sign=True), critical=True)
        key = x509.SubjectKeyIdentifier.from_public_key(self._root.public_key())
        return made.add_extension(key, critical=False).sign(self._root, hashes.SHA256())

    def _certificate(self, claims: dict[str, Any], request: bytes) -> x509.Certificate:
        """For ten minutes, of whoever the token names."""
        now, key = datetime.now(UTC), x509.load_pem_x509_csr(request).public_key()
        who = claims["sub"]
        name = x509.RFC822Name(who) if "@" in who else x509.UniformResourceIdentifier(who)
        made = x509.CertificateBuilder(self._authority.subject, x509.Name([]), key, x509.random_serial_number())  # type: ignore[arg-type]
        made = made.not_valid_before(now - timedelta(minutes=1)).not_valid_after(now + timedelta(minutes=9))
        issuer = claims["iss"].encode()
        for extension, critical in (
            (x509.SubjectAlternativeName([name]), True),
            (_usage(digital_signature=True), True),
            (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CODE_SIGNING]), False),
            (x509.AuthorityKeyIdentifier.from_issuer_public_key(self._root.public_key()), False),
            (x509.UnrecognizedExtension(_ISSUER_OLD, issuer), False),
            (x509.UnrecognizedExtension(_ISSUER_NEW, _der(0x0C, issuer)), False),
        ):
            made = made.add_extension(extension, critical=critical)
        if self.timestamped:
            before = made.sign(self._root, hashes.SHA256()).tbs_certificate_bytes
            made = made.add_extension(x509.UnrecognizedExtension(_TIMESTAMPS, self._timestamps(before)), critical=False)
        return made.sign(self._root, hashes.SHA256())

    def _timestamps(self, certificate: bytes) -> bytes:
        """The list (RFC 6962, 3.3) with the one timestamp of a certificate without it."""
        at = int(time.time()) * 1000
        entry = _id(self._root) + struct.pack(">I", len(certificate))[1:] + certificate
        signature = _sign(self._ct, struct.pack(">BBQH", 0, 0, at, 1) + entry + b"\0\0")
        one = (
            b"\0" + _id(self._ct) + struct.pack(">QH", at, 0) + b"\4\3" + struct.pack(">H", len(signature)) + signature
        )
        several = struct.pack(">H", len(one)) + one
        return _der(0x04, struct.pack(">H", len(several)) + several)

    # -- the log of signatures

    def _entry(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Take an envelope into the log; where it stands in it, and the proof."""
        proposed = asked["spec"]["proposedContent"]
        envelope = json.loads(proposed["envelope"])
        hashed = {
            "envelopeHash": hashlib.sha256(proposed["envelope"].encode()).hexdigest(),
            "payloadHash": hashlib.sha256(base64.b64decode(envelope["payload"])).hexdigest(),
        }
        spec: dict[str, Any] = {name: {"algorithm": "sha256", "value": value} for name, value in hashed.items()}
        (verifier,) = proposed["verifiers"]
        spec["signatures"] = [{"signature": one["sig"], "verifier": verifier} for one in envelope["signatures"]]
        body = json.dumps({"apiVersion": "0.0.1", "kind": "dsse", "spec": spec}, sort_keys=True).encode()
        index = len(self._leaves)
        self._leaves.append(hashlib.sha256(b"\0" + body).digest())
        promised = {
            "body": _b64(body),
            "integratedTime": int(time.time()) + self.ahead,
            "logID": _id(self._log).hex(),
            "logIndex": index,
        }
        said = json.dumps(promised, sort_keys=True, separators=(",", ":")).encode()
        proof = {
            "checkpoint": self._checkpoint(),
            "hashes": [one.hex() for one in _path(index, self._leaves)],
            "logIndex": index,
            "rootHash": _top(self._leaves).hex(),
            "treeSize": len(self._leaves),
        }
        verification = {"inclusionProof": proof, "signedEntryTimestamp": _b64(_sign(self._log, said))}
        return {hashlib.sha256(body).hexdigest(): promised | {"verification": verification}}

    def _checkpoint(self) -> str:
        name = self.url.removeprefix("http://")
        note = f"{name} - 1\n{len(self._leaves)}\n{_b64(_top(self._leaves))}\n"
        signature = _id(self._log)[:4] + _sign(self._log, note.encode())
        return f"{note}\n\u2014 {name} {_b64(signature)}\n"

    # -- what a client is given

    def trust_config(self) -> dict[str, Any]:
        """Its roots, and where its services are."""
        service = {"url": self.url, "majorApiVersion": 1, "validFor": _VALID, "operator": "tests"}
        chain = {"certificates": [{"rawBytes": _b64(self._authority.public_bytes(serialization.Encoding.DER))}]}
        authority = {
            "subject": {"organization": "tests", "commonName": "an authority of tests"},
            "uri": self.url,
            "certChain": chain,
            "validFor": _VALID,
        }
        return {
            "mediaType": "application/vnd.dev.sigstore.clienttrustconfig.v0.1+json",
            "trustedRoot": {
                "mediaType": "application/vnd.dev.sigstore.trustedroot+json;version=0.1",
                "tlogs": [self._described(self._log)],
                "ctlogs": [self._described(self._ct)],
                "certificateAuthorities": [authority],
                "timestampAuthorities": [],
            },
            "signingConfig": {
                "mediaType": "application/vnd.dev.sigstore.signingconfig.v0.2+json",
                "caUrls": [service],
                "oidcUrls": [],
                "rekorTlogUrls": [service],
                "rekorTlogConfig": {"selector": "ANY"},
                "tsaUrls": [],
                "tsaConfig": {"selector": "ANY"},
            },
        }

    def _described(self, key: ec.EllipticCurvePrivateKey) -> dict[str, Any]:
        public = {"rawBytes": _b64(_public(key)), "keyDetails": "PKIX_ECDSA_P256_SHA_256", "validFor": _VALID}
        return {
            "baseUrl": self.url,
            "hashAlgorithm": "SHA2_256",
            "publicKey": public,
            "logId": {"keyId": _b64(_id(key))},
        }


def _top(leaves: list[bytes]) -> bytes:
    """The root of a Merkle tree (RFC 6962, 2.1)."""
    if len(leaves) == 1:
        return leaves[0]
    middle = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\1" + _top(leaves[:middle]) + _top(leaves[middle:])).digest()


def _path(index: int, leaves: list[bytes]) -> list[bytes]:
    """The hashes beside the way from a leaf to the root."""
    if len(leaves) == 1:
        return []
    middle = 1 << (len(leaves) - 1).bit_length() - 1
    if index < middle:
        return [*_path(index, leaves[:middle]), _top(leaves[middle:])]
    return [*_path(index - middle, leaves[middle:]), _top(leaves[:middle])]
