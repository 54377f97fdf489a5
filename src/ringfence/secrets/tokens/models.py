"""Models, and those who serve them."""

from ringfence.secrets import checks
from ringfence.secrets.tokens.form import UUID, Form

FORMS: tuple[Form, ...] = (
    Form(
        "an OpenAI key",
        ("sk-", "T3BlbkFJ"),
        r"(?<![A-Za-z0-9_-])sk-(?:(?:proj|svcacct|admin|None)-[A-Za-z0-9_-]{40,200}"
        r"|[A-Za-z0-9_-]{16,160}(?:T3BlbkFJ|9wZW5BS|PcGVuQU)[A-Za-z0-9_-]{16,160}|[A-Za-z0-9]{48})(?![A-Za-z0-9_-])",
        checks.mixed,
    ),
    Form("an Anthropic key", ("sk-ant-",), r"\bsk-ant-(?:api|admin|oat|ort|sid)\d{0,4}-[A-Za-z0-9_-]{40,180}"),
    Form("an OpenRouter key", ("sk-or-v",), r"\bsk-or-v\d-[A-Za-z0-9_-]{20,80}(?![A-Za-z0-9_-])"),
    Form("a DeepSeek key", ("deepseek", "DEEPSEEK", "DeepSeek"), r"\bsk-[a-f0-9]{32}\b", beside=True),
    Form(
        "a Hugging Face token",
        ("hf_", "api_org_"),
        r"(?<![A-Za-z0-9_])(?:hf_|api_org_)[A-Za-z0-9]{34}(?![A-Za-z0-9_])",
        checks.mixed_case,
    ),
    Form("a Replicate token", ("r8_",), r"(?<![A-Za-z0-9_])r8_[A-Za-z0-9]{37}(?![A-Za-z0-9])"),
    Form("a Groq key", ("gsk_",), r"\bgsk_[A-Za-z0-9]{48,60}\b"),
    Form("a Perplexity key", ("pplx-",), r"\bpplx-[A-Za-z0-9_-]{40,64}(?![A-Za-z0-9_-])"),
    Form("a LangSmith key", ("lsv2_",), r"\blsv2_(?:pt|sk)_[A-Fa-f0-9]{32}_[A-Fa-f0-9]{10}\b"),
    Form("a Langfuse key", ("sk-lf-",), rf"\bsk-lf-{UUID[2:]}"),
    Form("an NVIDIA key", ("nvapi-",), r"\bnvapi-[A-Za-z0-9_-]{60,70}"),
    Form("a Fireworks key", ("fw_",), r"(?<![A-Za-z0-9_])fw_[A-Za-z0-9]{22,24}(?![A-Za-z0-9])", checks.mixed),
    Form(
        "a Weights & Biases key",
        ("wandb", "WANDB"),
        r"(?i:wandb[a-z0-9_. -]{0,20}(?:key|login\())[\"']?[ \t]{0,4}[:=(]?[ \t]{0,4}[\"']?([a-f0-9]{40})\b",
        checks.hexadecimal,
    ),
    Form(
        "a Cohere key",
        ("cohere", "COHERE", "Cohere"),
        r"(?i:co(?:here)?[a-z0-9_. -]{0,20}key)[\"']?[ \t]{0,4}[:=][ \t]{0,4}[\"']?([A-Za-z0-9]{40})\b",
        checks.mixed,
    ),
    Form("a Pinecone key", ("pcsk_",), r"\bpcsk_[A-Za-z0-9_]{60,75}\b"),
)
