"""The sources that controls cite, each spelled in one place.

The numbers of the CIS Docker Benchmark are those of version 1.6.0; other versions count differently.
"""

from ringfence.controls.control import Reference

_NSA = "https://media.defense.gov/2022/Aug/29/2003066362/-1/-1/0/CTR_KUBERNETES_HARDENING_GUIDANCE_1.2_20220829.PDF"


def cis(item: str) -> Reference:
    """An item of the CIS Docker Benchmark 1.6.0."""
    return Reference(title=f"CIS Docker Benchmark 1.6.0, {item}", url="https://www.cisecurity.org/benchmark/docker")


def pod_security(control: str) -> Reference:
    """A control of the Kubernetes Pod Security Standards."""
    url = "https://kubernetes.io/docs/concepts/security/pod-security-standards/"
    return Reference(title=f"Pod Security Standards: {control}", url=url)


def nsa(section: str) -> Reference:
    """A section of the NSA/CISA Kubernetes Hardening Guide, version 1.2."""
    return Reference(title=f"NSA/CISA Kubernetes Hardening Guide 1.2: {section}", url=_NSA)


def owasp(rule: str) -> Reference:
    """A rule of the OWASP Docker Security Cheat Sheet."""
    url = "https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html"
    return Reference(title=f"OWASP Docker Security Cheat Sheet, {rule}", url=url)


def cwe(number: int) -> Reference:
    """An entry of the Common Weakness Enumeration."""
    return Reference(title=f"CWE-{number}", url=f"https://cwe.mitre.org/data/definitions/{number}.html")


def man(page: str, section: int, topic: str = "") -> Reference:
    """A page of the Linux manual."""
    title = f"{page}({section})" + (f", {topic}" if topic else "")
    return Reference(title=title, url=f"https://man7.org/linux/man-pages/man{section}/{page}.{section}.html")


def kubernetes(page: str) -> Reference:
    """A page of the Kubernetes documentation, by its path."""
    return Reference(title=f"Kubernetes documentation: {page}", url=f"https://kubernetes.io/docs/{page}/")


def compose(page: str) -> Reference:
    """A page of the Compose Specification, by its file in the specification's repository."""
    url = f"https://github.com/compose-spec/compose-spec/blob/main/{page}"
    return Reference(title=f"Compose Specification: {page}", url=url)


def docker(page: str) -> Reference:
    """A page of Docker's documentation, by its path."""
    return Reference(title=f"Docker documentation: {page}", url=f"https://docs.docker.com/{page}/")
