"""Hosts of services that very many use."""

import re


def is_known(host: str) -> bool:
    """Whether it is a host of a service that very many use."""
    return _KNOWN.search(host) is not None


_KNOWN = re.compile(
    r"(?:^|\.)(?:github|githubusercontent|googleapis|google|pypi|npmjs|openai|anthropic|w3|python|schema|example"
    r"|microsoft|amazonaws|azure|openxmlformats|apache|mozilla|cloudflare|jsdelivr|unpkg|astral|posthog|sentry"
    r"|openrouter|datadoghq|slack|discord|telegram|solana|hubapi|hubspot|airtable|algolia|mailgun|postmarkapp|resend"
    r"|mapbox|openweathermap|open-meteo|deepl|groq|mistral|cohere|perplexity|tavily|serper|firecrawl|jina|apify"
    r"|intercom|zendesk|shopify|paypal|spotify|wikipedia|wikimedia|arxiv|infura|alchemy|cloudflare-eth|llamarpc|ankr|publicnode|quiknode|drpc|etherscan|coingecko|binance"
    r"|notion|stripe|linear|atlassian|huggingface|gitlab|bitbucket|docker|vercel|supabase|firebaseio|elevenlabs"
    r"|replicate|twilio|sendgrid|your\w*|my\w*|host|domain|server|company|site|website|acme)\."
    r"|\.(?:local|test|internal|invalid|example)$"
)
