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


def cis_aws(item: str) -> Reference:
    """An item of the CIS AWS Foundations Benchmark 3.0.0 (other versions count differently)."""
    title = f"CIS AWS Foundations Benchmark 3.0.0, {item}"
    return Reference(title=title, url="https://www.cisecurity.org/benchmark/amazon_web_services")


def cis_azure(item: str, version: str = "2.0.0") -> Reference:
    """An item of the CIS Microsoft Azure Foundations Benchmark."""
    title = f"CIS Microsoft Azure Foundations Benchmark {version}, {item}"
    return Reference(title=title, url="https://www.cisecurity.org/benchmark/azure")


def cis_gcp(item: str, version: str = "2.0.0") -> Reference:
    """An item of the CIS Google Cloud Platform Foundation Benchmark."""
    title = f"CIS Google Cloud Platform Foundation Benchmark {version}, {item}"
    return Reference(title=title, url="https://www.cisecurity.org/benchmark/google_cloud_computing_platform")


def cis_github(item: str) -> Reference:
    """An item of the CIS GitHub Benchmark 1.0.0."""
    return Reference(title=f"CIS GitHub Benchmark 1.0.0, {item}", url="https://www.cisecurity.org/benchmark/github")


def github(resource: str) -> Reference:
    """A resource of GitHub's provider ("repository")."""
    url = f"https://registry.terraform.io/providers/integrations/github/latest/docs/resources/{resource}"
    return Reference(title=f"Terraform provider github: github_{resource}", url=url)


def aws_hub(control: str) -> Reference:
    """A control of AWS Security Hub by its id: "RDS.2"."""
    service, _, number = control.lower().partition(".")
    url = f"https://docs.aws.amazon.com/securityhub/latest/userguide/{service}-controls.html#{service}-{number}"
    return Reference(title=f"AWS Security Hub, {control}", url=url)


def aws(page: str) -> Reference:
    """A page of Amazon's documentation, by its path: "AmazonRDS/latest/UserGuide/Overview.Encryption"."""
    url = f"https://docs.aws.amazon.com/{page}.html"
    return Reference(title=f"AWS documentation: {page}", url=url)


def terraform(page: str) -> Reference:
    """A resource ("aws/r/s3_bucket") or data source ("aws/d/ami") of a provider's documentation."""
    provider, kind, name = page.split("/")
    folder = {"r": "resources", "d": "data-sources"}[kind]
    url = f"https://registry.terraform.io/providers/hashicorp/{provider}/latest/docs/{folder}/{name}"
    whole = name if name.startswith(f"{provider}_") else f"{provider}_{name}"  # google_project is called so there
    return Reference(title=f"Terraform provider {provider}: {whole}", url=url)


def terraform_language(page: str) -> Reference:
    """A page of Terraform's own documentation: "language/modules/sources"."""
    url = f"https://developer.hashicorp.com/terraform/{page}"
    return Reference(title=f"Terraform documentation: {page}", url=url)


def owasp_llm(item: str) -> Reference:
    """An item of OWASP's work on language models and agents."""
    return Reference(title=f"OWASP GenAI Security Project: {item}", url="https://genai.owasp.org/llm-top-10/")


def atlas(technique: str) -> Reference:
    """A technique of MITRE ATLAS."""
    return Reference(title=f"MITRE ATLAS, {technique}", url=f"https://atlas.mitre.org/techniques/{technique}")


def claude(page: str) -> Reference:
    """A page of Claude Code's documentation."""
    return Reference(title=f"Claude Code documentation: {page}", url=f"https://code.claude.com/docs/en/{page}")


def cis_gke(item: str, version: str = "1.5.0") -> Reference:
    """An item of the CIS Google Kubernetes Engine Benchmark."""
    title = f"CIS Google Kubernetes Engine Benchmark {version}, {item}"
    return Reference(title=title, url="https://www.cisecurity.org/benchmark/kubernetes")
