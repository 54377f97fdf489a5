"""Roles given to members in Google Cloud."""

from collections.abc import Iterator

from ringfence.formats.terraform.reader import Reader
from ringfence.models.cloud.policy import Reach, RoleBinding

_ON = {
    "google_bigquery_dataset": "dataset", "google_cloud_run_service": "service", "google_cloudfunctions_function": "function",
    "google_kms_crypto_key": "key", "google_pubsub_topic": "topic", "google_storage_bucket": "bucket",
}  # fmt: skip


def _binding(r: Reader, reach: Reach) -> Iterator[RoleBinding]:
    single = r.type.endswith("_member")
    members = r.texts("members", "member" if single else "members")
    on = next((said for kind, said in _ON.items() if r.type.startswith(kind)), "")
    yield RoleBinding(
        name=r.address,
        role=r.text("role", "role"),
        members=members,
        reach=reach,
        on=on,
        conditional=bool(r.view.blocks("condition")[0]),
    )


def binding(r: Reader) -> Iterator[RoleBinding]:
    """On one resource."""
    yield from _binding(r, Reach.RESOURCE)


def project(r: Reader) -> Iterator[RoleBinding]:
    """On a whole project."""
    yield from _binding(r, Reach.PROJECT)


def folder(r: Reader) -> Iterator[RoleBinding]:
    """On a folder."""
    yield from _binding(r, Reach.FOLDER)


def organization(r: Reader) -> Iterator[RoleBinding]:
    """On the whole organisation."""
    yield from _binding(r, Reach.ORGANIZATION)
