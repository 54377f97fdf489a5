"""Words by which texts and programs for agents let somebody in: into an account, a repository, a machine."""

import re
from collections.abc import Iterator

from ringfence.controls.agents.agentlines import Told, sought
from ringfence.controls.agents.expressions import either
from ringfence.controls.control import Severity
from ringfence.models.agent import AgentScript

#: An account of AWS that no page uses as an example.
_ACCOUNT = r"(?!1234|0000|1111|2222|3333|4444|5555|6666|7777|8888|9999|9876|0123)\d{12}"
_LINES = (
    (
        either(
            r"\baws\s+iam\s+attach-(?:user|role|group)-policy\b.{0,160}"
            r"\$\(\s*aws\s+(?:iam\s+get-user|sts\s+get-caller-identity)\b.{0,200}\bAdministratorAccess\b",
            r"\bgcloud\b.{0,80}\badd-iam-policy-binding\b.{0,160}--member[= ][\"']?(?:user|serviceAccount):(?!\$|<|\{"
            r"|your|me@|you@|user@|name@|alice@|[\w.+-]+@example)[\w.+-]+@[\w.-]+.{0,120}roles/(?:owner|editor)\b",
        ),
        "it gives itself or others every right",
    ),
    (
        either(
            r"\bwp\s+user\s+create\s+(?!\$|<|\{)[\w.-]+\s+[\w.+-]+@(?!example|your|domain|mysite|test)[\w.-]+.{0,160}--role=administrator\b"
            r"(?=.{0,120}--user_pass=[\"']?[^\s$<{\"'])",
            r"\buseradd\b.{0,120}(?:-o\s+-u\s*0|-u\s*0\s+-o|\s-ou\s*0)\b",
        ),
        "it makes an account for somebody",
    ),
    (
        either(
            r"\.share\(\s*[\"'](?!user@|you|me@|name@|someone@|alice@|bob@)[\w.+-]{1,60}@(?!example|domain|company|acme|your)[\w.-]+[\"'](?=.{0,160}\brole\b)",
            r"\bpermissions\b.{0,80}\bcreate\(.{0,300}\bemailAddress\W{1,4}[\"'](?!user@|you|me@|someone@)[\w.+-]{1,60}@(?!example|domain|company|acme|your)[\w.-]+[\"']",
            r"\bkeyFile(?:name)?\s*:\s*__dirname\b.{0,200}\bauth/drive\b|\bfrom_service_account_file\(\s*[^)\n]{0,60}__file__[^)\n]{0,60}\).{0,200}\bdrive\b",
        ),
        "it shares what is the user's with somebody",
    ),
    (
        either(
            rf"\b(?:update-assume-role-policy|create-role|put-bucket-policy|put-key-policy|add-permission)\b.{{0,400}}"
            rf"arn:aws:iam::{_ACCOUNT}:",
        ),
        "it lets another account in",
    ),
    (
        either(
            r"\bnpm\s+owner\s+add\s+(?!\$|<|\{|\[|user|name|your|@?scope)[\w@.-]{2,}",
            r"\bgh\s+api\b.{0,120}/collaborators/(?!\$|<|\{|:|user\b|username\b|name\b|octocat\b|your)[\w-]{2,}",
            r"\bgh\s+(?:api\b.{0,120}\b(?:user/keys|repos/\S+/keys)\b|repo\s+deploy-key\s+add\b|ssh-key\s+add\b).{0,160}\bssh-(?:ed25519"
            r"|rsa)\s+AAAA",
        ),
        "it lets somebody into the repository",
    ),
    (
        either(
            r"\bauthorized_keys?\b.{0,200}https?://(?:www\.)?github\.com/(?!\$|<|\{|user\b|username\b|your)[\w-]{2,39}\.keys\b"
            r"|https?://(?:www\.)?github\.com/(?!\$|<|\{|user\b|username\b|your)[\w-]{2,39}\.keys\b.{0,120}\bauthorized_keys\b"
            r"|\bssh-import-id\s+(?:-\S+\s+)*gh:(?!\$|<|\{|user\b|username\b|your)[\w-]{2,39}",
            r"\bcurl\b.{0,200}https?://.{0,160}>>\s*\S*authorized_keys\b",
        ),
        "it lets somebody else's key in",
    ),
)
_NEW_USER = either(r"\bcreate_user\(|\bCreateUserCommand\(|\biam\s+create-user\b")
_ALL_RIGHTS = either(r"\bAdministratorAccess\b|\bPowerUserAccess\b")
_NEW_KEY = either(r"\bcreate_access_key\(|\bCreateAccessKeyCommand\(|\biam\s+create-access-key\b")


def opened(model: Told) -> Iterator[tuple[str, str, Severity | None]]:
    """(path, what is wrong, how bad) of what lets somebody in."""
    for does, said in _LINES:
        for seen in sought(model, does):
            yield seen.path, said, Severity.LOW if seen.quoted or _SPEAKS.match(seen.text) else None
    if isinstance(model, AgentScript) and all(
        next(sought(model, one), None) is not None for one in (_NEW_USER, _ALL_RIGHTS)
    ):
        for seen in sought(model, _NEW_KEY):
            yield seen.path, "it makes an administrator of the cloud, and a key for it", Severity.MEDIUM


_SPEAKS = re.compile(r"\s*(?:#|//|\*)\s")
