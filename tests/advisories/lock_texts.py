"""Texts of locks that are in order, to change one thing in."""

SHA = "0123456789abcdef" * 4
HASH = f"--hash=sha256:{SHA}"


def pylock(*packages: str) -> str:
    return 'lock-version = "1.0"\ncreated-by = "test"\n' + "".join(packages)


def package(name: str = "tiny", version: str = "1.0", **more: str) -> str:
    """One `[[packages]]` with one wheel; `wheel`, `extra` and `head` replace parts."""
    wheel = more.get("wheel", f"url = 'https://files.example/{name}-{version}-py3-none-any.whl'")
    hashes = more.get("hashes", f"sha256 = '{SHA}'")
    return (
        f"\n[[packages]]\nname = '{name}'\nversion = '{version}'\n{more.get('head', '')}\n"
        f"[[packages.wheels]]\nname = '{name}-{version}-py3-none-any.whl'\n{wheel}\nhashes = {{ {hashes} }}\n"
        f"{more.get('extra', '')}"
    )
