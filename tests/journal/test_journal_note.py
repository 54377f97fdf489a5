"""Signed notes and keys, as other tools write and read them."""

from base64 import b64encode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ringfence.errors import JournalTampered, UsageError
from ringfence.journal.note import PublicKey, Signer, parse_all, unfinished

# The key pair of the documentation of Go's golang.org/x/mod/sumdb/note.
_GO_PRIVATE = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
_GO_PUBLIC = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"

SIGNER = Signer.generate("host.example/log")
NOTE = SIGNER.sign(12, bytes(range(32)))


def test_keys_are_spelled_as_go_spells_them() -> None:
    """A key pair made by Go's note package is read, and written back the same."""
    signer = Signer.parse(_GO_PRIVATE)
    assert str(signer.public) == _GO_PUBLIC
    assert signer.dump() == _GO_PRIVATE + "\n"
    assert PublicKey.parse(_GO_PUBLIC + "\n") == signer.public


def test_a_checkpoint_is_a_c2sp_note() -> None:
    """Origin, size and base64 root, a blank line, and a signature line that begins with an em dash."""
    lines = NOTE.decode().split("\n")
    assert lines[:4] == ["host.example/log", "12", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", ""]
    assert lines[4].startswith("\u2014 host.example/log ")
    assert lines[5:] == [""]
    [checkpoint], used = parse_all(NOTE)
    assert (checkpoint.size, checkpoint.root, used) == (12, bytes(range(32)), len(NOTE))
    SIGNER.public.verify(checkpoint)


def test_a_witness_may_add_its_signature() -> None:
    """Signatures by unknown keys do not disturb the one that is asked for."""
    witness = Signer.generate("witness.example")
    cosigned = NOTE + witness.sign(12, bytes(32)).split(b"\n\n")[1]
    [checkpoint], used = parse_all(cosigned)
    assert used == len(cosigned)
    SIGNER.public.verify(checkpoint)


@settings(deadline=None, max_examples=300)
@given(st.integers(0, len(NOTE) - 1), st.integers(1, 255))
def test_any_changed_byte_of_a_note_is_found(at: int, flip: int) -> None:
    """A note with one byte changed either does not parse whole or does not verify."""
    changed = bytearray(NOTE)
    changed[at] ^= flip
    found, used = parse_all(bytes(changed))
    if found and used == len(changed):
        with pytest.raises(JournalTampered):
            SIGNER.public.verify(found[0])


def test_a_signature_has_one_spelling() -> None:
    """Base64 whose unused bits are not zero says the same bytes, and is refused."""
    at = NOTE.rindex(b"=") - 1
    alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    other = alphabet[alphabet.index(NOTE[at]) + 1]
    [checkpoint], _ = parse_all(NOTE[:at] + bytes([other]) + NOTE[at + 1 :])
    with pytest.raises(JournalTampered):
        SIGNER.public.verify(checkpoint)


def test_a_checkpoint_of_another_log_is_refused() -> None:
    """The right key, but the first line names another log."""
    text = NOTE.split(b"\n\n")[0].replace(b"host.example/log", b"host.example/other") + b"\n"
    signature = b64encode(SIGNER.public.id + SIGNER._private.sign(text)).decode()
    [checkpoint], _ = parse_all(text + f"\n\u2014 host.example/log {signature}\n".encode())
    with pytest.raises(JournalTampered, match=r"is not signed by host\.example/log"):
        SIGNER.public.verify(checkpoint)


@pytest.mark.parametrize("cut", range(len(NOTE)))
def test_every_beginning_of_a_note_counts_as_unfinished(cut: int) -> None:
    """Whatever a killed writer leaves of a note is recognised as that, and as no note."""
    assert parse_all(NOTE[:cut]) == ([], 0)
    assert unfinished(NOTE[:cut])


def test_a_whole_note_with_a_changed_shape_is_not_unfinished() -> None:
    """Something of a note's length that is no note is no crash."""
    assert not unfinished(NOTE.replace(b"\n12\n", b"\n1x\n"))
    assert not unfinished(NOTE)


@pytest.mark.parametrize(
    "text", ["", "a", "a+b+c", _GO_PUBLIC.replace("c74f", "c74e"), _GO_PUBLIC[:-4], _GO_PUBLIC.replace("+AR", "+BR")]
)
def test_what_is_no_public_key_is_refused(text: str) -> None:
    """A key with a wrong id, length or kind is a mistake of the user's, said in a sentence."""
    with pytest.raises(UsageError, match="not of the form NAME"):
        PublicKey.parse(text)
