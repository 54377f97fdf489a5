"""Names of packages that many install, and names that differ from one of them by a slip of a finger."""

import re
from functools import lru_cache

#: Names of at least six letters that are installed very often.
PYTHON = frozenset(
    "requests urllib3 setuptools certifi charset-normalizer packaging python-dateutil pydantic fastapi uvicorn"
    " gunicorn pandas matplotlib tensorflow scikit-learn transformers langchain openai anthropic sqlalchemy"
    " cryptography beautifulsoup4 selenium playwright pytest jinja2 pillow psycopg2 psycopg2-binary pymongo"
    " celery django djangorestframework botocore boto3 google-cloud-storage azure-storage-blob paramiko pyyaml"
    " colorama python-dotenv opencv-python seaborn plotly streamlit huggingface-hub tiktoken openpyxl reportlab"
    " pdfplumber pypdf2 python-docx python-pptx httpx aiohttp websockets discord.py tweepy telethon pyautogui"
    " virtualenv poetry pipenv black flake8 pylint openapi-generator markitdown chromadb sentence-transformers"
    " gradio networkx sympy pyinstaller twisted scrapy tenacity loguru".split()
)
NODE = frozenset(
    "express lodash react-dom typescript webpack eslint prettier dotenv commander inquirer mongoose mongodb"
    " nodemon puppeteer playwright cross-env discord.js socket.io body-parser jsonwebtoken bcrypt bcryptjs"
    " passport sequelize prisma tailwindcss postcss autoprefixer nextjs vite-plugin-react rollup esbuild ts-"
    " node jest mocha cypress fs-extra node-fetch cheerio moment date-fns winston nodemailer stripe firebase"
    " firebase-admin ethers web3.js hardhat truffle @solana/web3.js openai langchain @anthropic-ai/sdk"
    " @anthropic-ai/claude-code @modelcontextprotocol/sdk @modelcontextprotocol/server-github"
    " @modelcontextprotocol/server-filesystem @modelcontextprotocol/server-memory @modelcontextprotocol/server-"
    " everything @modelcontextprotocol/server-sequential-thinking @modelcontextprotocol/inspector"
    " @playwright/mcp @upstash/context7-mcp firecrawl-mcp create-react-app create-next-app mermaid @mermaid-"
    " js/mermaid-cli".split()
)
#: Names that stand beside one of these and are honest ones.
_HONEST = frozenset(
    "request tslint dotenvx jest panda mongod express- boto pyyml django- openapi preact nestjs colorama2"
    " web3js scapy moments motion pillows rollups passports ethers5 pytests playwrights pymongoose stripes"
    " httpx2 seqeulize rspack webpacks puppeteer- prism".split()
)


def meant(name: str, known: frozenset[str]) -> str:
    """The well-known package that somebody who types this may have meant; "" where it is none of these by one slip."""
    low = name.lower().replace("_", "-")
    if len(low) < 6 or low in PYTHON or low in NODE or low in _HONEST:
        return ""
    return _meant(low, known) or _misspelt(low)


def _misspelt(low: str) -> str:
    """The word that is written wrongly in a name of several."""
    parts = [part for part in re.split(r"[-/@]", low) if part]
    if len(parts) < 2:
        return ""
    return next((one for part in parts if (one := _word(part))), "")


def _word(part: str) -> str:
    if len(part) < 6 or part in _WORDS or part in _ALSO or part.rstrip("s0123456789") in _WORDS or part + "s" in _WORDS:
        return ""
    return next((one for one in sorted(_slips(part)) if one in _WORDS), "") or next(
        (one for one in sorted(_WORDS) if len(one) >= len(part) > 6 and _is_one_off(part, one)), ""
    )


#: Words that are one letter away from one of these.
_ALSO = frozenset("openapi postgresql contexts clientes dockers severs converters protocols brace".split())
#: Words of which names of packages are made.
_WORDS = frozenset(
    "server search postgres github filesystem memory brave google python client context protocol modelcontextprotocol"
    " browser playwright puppeteer discord telegram generator database mongodb sqlite docker kubernetes"
    " terraform anthropic openai langchain markdown document converter calendar weather firebase supabase"
    " cloudflare typescript javascript".split()
)


@lru_cache(maxsize=4096)
def _meant(low: str, known: frozenset[str]) -> str:
    for one in _slips(low):
        if one in known:
            return one
    return next((one for one in known if len(one) > 5 and abs(len(one) - len(low)) < 2 and _is_one_off(low, one)), "")


def _slips(name: str) -> set[str]:
    """One letter less, two that changed places, or a dash that is not there."""
    found = {name[:at] + name[at + 1 :] for at in range(len(name))}
    found |= {name[:at] + name[at + 1] + name[at] + name[at + 2 :] for at in range(len(name) - 1)}
    return found - {name}


def _is_one_off(one: str, other: str) -> bool:
    """Whether one letter was left out of the other, or is another one."""
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) == 1
    short, long = sorted((one, other), key=len)
    at = next((n for n in range(len(short)) if short[n] != long[n]), len(short))
    return short[at:] == long[at + 1 :]


PIP = re.compile(
    r"\b(?:pip3?|uv\s+pip|pipx|uv\s+tool|poetry|uv)\s+(?:install|add)\s+([^|;&\n`'\"#)]{2,300})"
    r"|\buvx\s+(?:--from\s+)?([\w@./=-]{2,80})",
    re.IGNORECASE,
)
NPM = re.compile(
    r"\b(?:npm\s+(?:i|install|add|exec)|yarn\s+add|pnpm\s+(?:add|dlx|i|install)|bun\s+add)\s+([^|;&\n`'\"#)]{2,300})"
    r"|\b(?:npx|bunx)\s+(?:-y\s+|--yes\s+)?([\w@./-]{2,100})",
    re.IGNORECASE,
)
_NAME = re.compile(r"@?[\w.-]+(?:/[\w.-]+)?")


def names(said: str) -> list[str]:
    """The packages in what follows an order to install."""
    found = list[str]()
    for word in said.split():
        if word.startswith(("-", "http", "git+", ".", "/", "<", "$", "{")):
            continue
        match = _NAME.match(word)
        if match is None:
            break
        name = match[0].rstrip(".,")
        found.append(name)
        if not _IS_NAME.fullmatch(name) or word.endswith((".", ",", ":")):
            break
    return found


_IS_NAME = re.compile(r"@?[a-z0-9][\w.-]*(?:/[\w.-]+)?", re.IGNORECASE)
