"""Brings a plugin's files into a folder, from wherever its marketplace says that they are, and says what exactly came.

Nothing is asked of a network unless that was wanted (`network`), and what was given by hand (`given`) is taken first.
What cannot be had raises IndexUnreachable; what may not be had, IndexRefused or InvalidPlugin.
"""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import assert_never

from ringfence.dataclasses import dataclass, field
from ringfence.errors import IndexRefused, IndexUnreachable
from ringfence.index.importing import loose, repositories
from ringfence.index.importing.listing import Kind, Source
from ringfence.plugins.tree import copy_tree

_MAX_ARCHIVE = 64 << 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Means:
    """`root` is the marketplace's folder; `given` maps addresses to clones, archives or folders that are at hand."""

    root: Path
    network: bool = False
    given: Mapping[str, Path] = field(default_factory=dict)


def fetch(source: Source, means: Means, folder: Path, scratch: Path) -> dict[str, str]:
    """Put the files into the new `folder`; gives what pins them: kind, address, commit, digest."""
    match source.kind:
        case Kind.PATH:
            copy(_below(means.root, source.at), folder)
            return {"kind": "path", "path": source.at or "."}
        case Kind.GIT:
            return _from_git(source, means, folder, scratch)
        case Kind.ARCHIVE:
            return _from_archive(source, means, folder)
        case Kind.NPM:
            return _from_npm(source, means, folder)
    assert_never(source.kind)


def copy(plugin: Path, folder: Path) -> None:
    """The files of a folder at hand. Raises InvalidPlugin for links and devices."""
    folder.mkdir(parents=True)

    def write(path: str, chunks: Iterator[bytes]) -> None:
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        with open(place, "xb") as file:
            file.writelines(chunks)

    copy_tree(plugin, write)


def _below(root: Path, path: str) -> Path:
    place = root / path
    if not place.resolve().is_relative_to(root.resolve()):
        raise IndexRefused("its source leads out of the marketplace")
    if not place.is_dir():
        raise IndexRefused(f"the marketplace has no folder {path[:100]!r}")
    return place


def _from_git(source: Source, means: Means, folder: Path, scratch: Path) -> dict[str, str]:
    repository = means.given.get(source.at) or means.given.get(source.at.removesuffix(".git"))
    if repository is None:
        if not means.network:
            raise IndexUnreachable(f"{source.at} was not fetched", hint="--fetch, or --have ADDRESS=CLONE")
        repository = repositories.fetched(source, scratch)
    commit = repositories.commit_of(repository, source)
    found = repositories.files(repository, commit, source.folder)
    loose.put(found, folder)
    said = {"kind": "git", "url": source.at, "commit": commit, "ref": source.ref, "folder": source.folder}
    return {key: value for key, value in said.items() if value}


def _from_archive(source: Source, means: Means, folder: Path) -> dict[str, str]:
    at_hand = means.given.get(source.at)
    if at_hand is not None:
        data = _read(at_hand)
    elif means.network:
        data = _download(source.at)
    else:
        raise IndexUnreachable(f"{source.at} was not fetched", hint="--fetch, or --have ADDRESS=FILE")
    if hashlib.sha256(data).hexdigest() != source.sha256:
        raise IndexRefused(f"{source.at} is not the archive that its marketplace pinned")
    loose.unpack(data, folder)
    return {"kind": "archive", "url": source.at, "sha256": source.sha256}


def _from_npm(source: Source, means: Means, folder: Path) -> dict[str, str]:
    name = f"npm:{source.at}"
    at_hand = means.given.get(f"{name}@{source.version}") or means.given.get(name)
    if at_hand is None:
        raise IndexUnreachable(
            f"{name}@{source.version or 'any version'} was not fetched: a source of npm pins nothing",
            hint=f"--have {name}=FILE.tgz, as `npm pack` writes it",
        )
    data = _read(at_hand)
    loose.unpack(data, folder)
    said = {"kind": "npm", "package": source.at, "version": source.version, "sha256": hashlib.sha256(data).hexdigest()}
    return {key: value for key, value in said.items() if value}


def _read(file: Path) -> bytes:
    try:
        with open(file, "rb") as handle:
            data = handle.read(_MAX_ARCHIVE + 1)
    except OSError as error:
        raise IndexUnreachable(f"{file} cannot be read: {(error.strerror or 'error').lower()}") from None
    if len(data) > _MAX_ARCHIVE:
        raise IndexRefused(f"{file} has more than {_MAX_ARCHIVE} bytes")
    return data


def _download(url: str) -> bytes:
    import contextlib

    from ringfence.index.client import told
    from ringfence.index.fetch import Fetcher

    with contextlib.closing(Fetcher()) as fetcher, told(url):
        return fetcher.download_bytes(url, _MAX_ARCHIVE)
