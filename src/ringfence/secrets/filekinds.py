"""What a file's name, in lower case, says of what stands in it."""

import re
from functools import lru_cache

#: Files of code and of pages: in all others what stands behind a name is no expression.
_CODE = frozenset((
    ".py", ".pyi", ".js", ".jsx", ".mjs", ".cjs", ".ts", ".tsx", ".vue", ".svelte", ".java", ".kt", ".kts", ".scala", ".groovy", ".gradle",
    ".go", ".rs", ".c", ".h", ".cc", ".cpp", ".cxx", ".hh", ".hpp", ".m", ".mm", ".cs", ".vb", ".fs", ".swift", ".dart", ".php", ".phtml",
    ".inc", ".rb", ".erb", ".rake", ".haml", ".pl", ".pm", ".pod", ".t", ".lua", ".tcl", ".r", ".jl", ".ex", ".exs", ".erl", ".hrl", ".hs",
    ".ml", ".clj", ".lisp", ".el", ".vim", ".sol", ".zig", ".nim", ".d", ".pas", ".asm", ".s", ".proto", ".thrift", ".graphql", ".html",
    ".htm", ".xhtml", ".jsp", ".asp", ".aspx", ".ftl", ".twig", ".css", ".scss", ".less", ".xml", ".xsd", ".xsl", ".xslt", ".wsdl", ".json",
    ".jsonl", ".ndjson", ".ipynb", ".tf", ".hcl", ".svg", ".tex", ".po", ".m4", ".ac", ".am", ".in", ".cmake", ".vcl", ".diff", ".patch",
    ".strings", ".ps", ".resx", ".x", ".y", ".l", ".pyx", ".pxd", ".coffee", ".as", ".bas", ".f90", ".v", ".sv", ".vhd", ".idl", ".def",
))  # fmt: skip
#: Those of them in which what stands behind a name is a text, quoted or not.
_SETTINGS = (
    ".env",
    ".ini",
    ".cfg",
    ".cnf",
    ".properties",
    ".yaml",
    ".yml",
    ".tfvars",
    ".credentials",
    ".secrets",
    ".ldif",
    ".conf",
    ".config",
    ".rc",
    ".mod",
    ".dist",
    ".sample",
    ".example",
    ".template",
    ".tmpl",
    ".j2",
    ".tpl",
    ".default",
)
_LOCKS = re.compile(
    r"(?:package-lock|npm-shrinkwrap|composer|pnpm-lock|yarn|poetry|pdm|uv|cargo|gemfile|pipfile|podfile|mix|flake"
    r"|bun)[.-]?(?:lock)?(?:\.json|\.ya?ml|\.lock|b)?$"
    r"|go\.sum$|gradle\.lockfile$|\.min\.(?:js|css)$|\.(?:svg|map|snap|lock|po|pot|xliff?|resx|wasm|pem|crt|cer|sum)$",
    re.IGNORECASE,
)


@lru_cache(maxsize=1024)
def is_code(name: str) -> bool:
    """Whether it is code or a page, where what stands behind a name may be an expression."""
    return "." + name.rpartition(".")[2] in _CODE


@lru_cache(maxsize=256)
def is_settings(name: str) -> bool:
    """Whether what stands behind a name in it is a text, quoted or not."""
    return name.endswith(_SETTINGS) or name.startswith(".env")


_EXAMPLES = re.compile(r"\.(?:dist|sample|example|template|tmpl|tpl|default|j2)(?:$|\.)|(?:example|sample|template)\.")


@lru_cache(maxsize=256)
def is_example(name: str) -> bool:
    """Whether it shows what another file is to say."""
    return _EXAMPLES.search(name) is not None


@lru_cache(maxsize=1024)
def is_generated(name: str) -> bool:
    """Whether programs wrote it, so that nothing is assigned to a name in it: locks, maps, catalogues."""
    return _LOCKS.search(name) is not None
