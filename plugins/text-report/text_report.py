"""Reads text files concurrently, writes a report, signs it with a key that it never shows."""

import asyncio
import hashlib
import hmac
import json
import os

VERSION = "1.0.0"
MOST_BYTES = 4 * 1024 * 1024
MOST_DOCUMENTS = 500
AT_ONCE = 8


class TextReport:
    """`policy` says where the granted folders and the secret are."""

    version = VERSION

    def __init__(self, policy=None, cache_dir=None):
        self._policy = policy or {}
        self._cache = cache_dir

    def info(self):
        """A line about this plugin."""
        return "text-report reads the granted documents and writes a signed report about them"

    def meta(self):
        """Name, version and what was granted."""
        return {"name": "text-report", "version": VERSION, "granted": {k: sorted(v) for k, v in self._policy.items()}}

    def __introspect__(self):
        """The methods with their first lines of documentation."""
        names = ("build", "verify", "info", "meta")
        return {name: (getattr(self, name).__doc__ or "").strip().splitlines()[0] for name in names}

    async def build(self, title, words=10):
        """Read the documents side by side, write and sign the report."""
        folder, out, key = self._place("read", "documents"), self._place("write", "out"), self._key()
        names = sorted(n for n in os.listdir(folder) if n.endswith((".txt", ".md")))[:MOST_DOCUMENTS]
        gate = asyncio.Semaphore(AT_ONCE)
        documents = await asyncio.gather(*(_read(gate, folder, name) for name in names))
        report = _report(title, documents, words)
        text = json.dumps(report, indent=2, sort_keys=True)
        signature = _sign(key, text)
        await asyncio.gather(
            asyncio.to_thread(_write, out, "report.json", _signed(report, signature)),
            asyncio.to_thread(_write, out, "report.md", _markdown(report, signature)),
        )
        print(f"read {len(documents)} documents")
        return {
            "documents": len(documents),
            "words": report["words"],
            "files": ["report.json", "report.md"],
            "signature": signature,
        }

    def verify(self):
        """Whether report.json bears the signature of this key."""
        path = os.path.join(self._place("write", "out"), "report.json")
        try:
            with open(path, encoding="utf-8") as handle:
                signed = json.loads(handle.read(MOST_BYTES))
            text = json.dumps(signed["report"], indent=2, sort_keys=True)
            valid = hmac.compare_digest(_sign(self._key(), text), str(signed["signature"]))
        except (OSError, ValueError, KeyError, TypeError) as error:
            return {"valid": False, "reason": f"no report can be read: {type(error).__name__}"}
        return {"valid": valid}

    def _place(self, kind, name):
        path = self._policy.get(kind, {}).get(name)
        if path is None:
            raise PermissionError(f"this needs --{kind} {name}=PATH in its grant")
        return path

    def _key(self):
        path = self._policy.get("secrets", {}).get("signing_key")
        if path is None:
            raise PermissionError("this needs --secret signing_key=SOURCE in its grant")
        with open(path, "rb") as handle:
            return handle.read()


async def _read(gate, folder, name):
    async with gate:
        return name, await asyncio.to_thread(_text, os.path.join(folder, name))


def _text(path):
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with os.fdopen(descriptor, "rb") as handle:
        return handle.read(MOST_BYTES).decode("utf-8", "replace")


def _report(title, documents, most):
    counts = {}
    described = []
    lines_seen = {}
    for name, text in documents:
        words = [w for w in ("".join(c if c.isalnum() else " " for c in text.lower())).split() if w]
        lines = text.splitlines()
        for word in words:
            counts[word] = counts.get(word, 0) + 1
        for line in filter(None, map(str.strip, lines)):
            lines_seen.setdefault(line, set()).add(name)
        described.append(
            {"name": name, "words": len(words), "lines": len(lines), "longest_line": max(map(len, lines), default=0)}
        )
    frequent = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:most]
    return {
        "title": title,
        "documents": described,
        "words": sum(d["words"] for d in described),
        "frequent": [{"word": word, "count": count} for word, count in frequent],
        "shared_lines": sorted(line for line, names in lines_seen.items() if len(names) > 1)[:50],
    }


def _signed(report, signature):
    return json.dumps({"report": report, "signature": signature}, indent=2)


def _markdown(report, signature):
    lines = [f"# {report['title']}", "", "| document | words | lines | longest line |", "|---|---:|---:|---:|"]
    lines += [f"| {d['name']} | {d['words']} | {d['lines']} | {d['longest_line']} |" for d in report["documents"]]
    lines += ["", "Frequent words: " + ", ".join(f"{f['word']} ({f['count']})" for f in report["frequent"])]
    return "\n".join([*lines, "", f"Signature: `{signature}`", ""])


def _sign(key, text):
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def _write(folder, name, text):
    temporary = os.path.join(folder, f".{name}.new")
    with open(temporary, "w", encoding="utf-8") as handle:
        handle.write(text)
    os.replace(temporary, os.path.join(folder, name))
