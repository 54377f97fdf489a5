"""Tokens that say by how they begin whose they are, and are drawn from there on: one line a kind.

A line has what such a token is called, how it may begin, and what follows: the letters that it is drawn from (`_LETTERS`) and how many.
"""

import re
from collections.abc import Iterator

from ringfence.secrets import checks
from ringfence.secrets.tokens.form import UUID, Form

_LETTERS = {
    "hex": "A-Fa-f0-9",
    "lower": "a-z0-9",
    "upper": "A-Z0-9",
    "groups": "A-Z0-9-",
    "base32": "a-z2-7",
    "letters": "A-Za-z0-9",
    "words": "A-Za-z0-9_",
    "url": "A-Za-z0-9_-",
    "dotted": "A-Za-z0-9_.-",
    "base64": "A-Za-z0-9+/_=-",
    "parts": "A-Za-z0-9_:/-",
}
_LINES = """
an ai71 key: ai71-api- uuid
an Aikido token: AIK_CI_ letters 20-44
an Aikido secret: AIK_SECRET_ letters 64
a 1Password recovery key: 1PRK- groups 64
an age secret key: AGE-SECRET-KEY-PQ-1 upper 58
an Akamai token: akab- lower,- 33
an Apify token: apify_api_ letters 34-38
an Arcjet key: ajkey_ lower 26
an Asaas key: $aact_prod_ $aact_hmlg_ url 20-200
an Atlassian token: ATCO base64 40-400
an AppSync key: da2- lower 26
an Astra DB token: AstraCS: parts 20-120
an Axiom token: xaat- xapt- xait- uuid
a Block Protocol key: b10ck5. dotted 69
a Branch key: key_live_ key_test_ letters 16-40
a Brave key: BSA url 24-40
a Browserbase key: bb_live_ bb_test_ url 27
a Browser Use key: bu_ url 42-46
a Builder.io key: bpk- hex 32
a Buildkite token: bkpat_ bkua_ bkar_ bkct_ bkaj_ bkaa_ url 32-340
a Cal.com key: cal_ cal_live_ letters 32
a Canva secret: cnvca url 51
a Cartesia key: sk_car_ words 20
a CAST AI key: castai_v1_ words 73
a Cerebras key: csk- letters 48
a Cfx.re key: cfxk_ url 20-100
a Checkout.com key: sk_ sk_test_ sk_sbox_ uuid
a Chief Tools token: ctp_ cto_ ctr_ letters 36
a Clojars token: CLOJARS_ letters 60
a Cloudflare token: cfut_ cfat_ cfk_ url 41-64
a Cloudsmith key: csa_ letters 36
a CockroachDB key: CCDB1_ words 63
a CodeRabbit key: cr- hex 58
a Composio key: ak_ ck_ ok_ uak_ url 20
a ConfigCat key: configcat-sdk-1/ parts 45
a Confluent secret: cflt base64 60
a Crossmint key: ck_staging_ ck_production_ sk_staging_ sk_production_ letters 24-200
a Databento key: db- letters 29
a Defined Networking key: dnkey- groups 79
a Deno token: ddp_ ddo_ letters 36
a DevCycle key: dvc_client_ dvc_mobile_ dvc_server_ words 16-64
a Devin key: apk_user_ apk_ base64 80-180
a Devin token: cog_ base32 52
a Docker Swarm key: SWMKEY-1- base64 40-50
a DryRun Security key: dryrunsec_ letters 32
a Dependency-Track key: odt_ letters 32-255
a Dub key: dub_ letters 24
an E2B key: e2b_ hex 40
an eBay key: PRD- SBX- lower,- 26-36
an ElevenLabs key: sk_ hex 48
an Endor Labs key: endr+ base64 16-40
an Exoscale key: EXO letters 24-30
a Firecrawl key: fc- hex 32
a Fleetbase key: flb_live_ flb_test_ letters 20-64
a Friendli token: flp_ letters 46
a Gamma key: sk-gamma- url 32-64
a GC Notify key: gcntfy- url 60-200
a Gemini key: AQ.Ab8R url 46-50
a Google storage key: GOOG upper 20-57
an AppSweep key: gs_appsweep_ url 24-48
a Hack Club key: sk-hc-v1- hex 64
an hCaptcha secret: ES_ hex 32
a Heartland key: skapi_cert_ skapi_prod_ url 34-42
a Hex token: hxtw_ hxtp_ hex 96
a Hop token: ptk_ url 40-80
a Hop token: hop_pat_ url 20-50
an Infracost key: ico- letters 32
an Inngest key: signkey- url 68-120
a Facebook token: EAACEdEose0cBA letters 16-300
an Instagram token: IGQVJ url 50-400
an Intra 42 secret: s-s4t2ud- s-s4t2af- hex 64
an Ionic token: ion_ letters 42
an Iterative token: isat_ uuid
a Jina key: jina_ letters 60
a key of a model: sk- hex 32-36
a Cursor key: key_ lower 64
a Retell key: key_ hex 28
a Runway key: key_ hex 128
a Kimi key: sk- url 48
a Lichess token: lip_ words 17-60
a Liveblocks key: sk_prod_ sk_dev_ url 64
a LlamaCloud key: llx- url 44-60
a LocalStack key: LSIA LKIA upper 16-40
a MailerSend token: mlsn. letters 30-100
a Mappedin key: mik_ letters 25
a Mappedin secret: mis_ letters 51
a Mastra key: msk_ letters 32-64
a Mem0 key: m0- letters 24-44
a Mercado Pago token: APP_USR- url 30-140
a Mercury token: mercury_production_ mercury_sandbox_ words 50-66
a Mergify key: mergify_application_key_ url 40-200
a Midtrans key: SB-Mid-server- SB-Mid-client- Mid-server- words 10-40
a MiniMax key: MINIMAX- groups 35
a MiniMax key: sk-api- url 119
a Mintlify key: mint_ mint_dsc_ letters 24-44
a Miro token: eyJtaXJv url 31-130
a Modal token: ak- as- letters 22
a Moneywave key: ts_ upper 28-34
a MongoDB secret: mdb_sa_sk_ url 40
a Netlify token: nfp_ nfc_ nfo_ letters 36-48
a Neon key: napi_ letters 60-70
a Nightfall key: NF- letters 32
a Nylas key: nyk_v0_ url 64
a Nylas key: nyk_ letters 67
an Octopus Deploy key: API- upper 26
a OneSignal key: os_v2_app_ os_v2_org_ base32 103
an Onfido token: api_live. api_sandbox. api_live_us. api_live_ca. api_live_eu. url 20-80
an Open VSX token: ovsxat_ ovsxp_ uuid
an Ory token: ory_pat_ ory_apikey_ ory_wak_ ory_st_ ory_at_ ory_rt_ ory_ac_ url 24-100
a Packagist token: packagist_ack_ packagist_acs_ packagist_ort_ packagist_out_ packagist_uut_ packagist_cut_ hex 28-96
a Paddle key: pdl_live_apikey_ pdl_sdbx_apikey_ words 53
a Pangea token: pts_ lower 30-36
a Permit.io key: permit_key_ letters 85-86
a Persona key: persona_production_ persona_sandbox_ url 20-80
a Pinterest token: pina_ url 20-200
a Pinterest token: pinr_ dotted 20-300
a Polar token: polar_at_ polar_oat_ polar_rt_ polar_pat_ url 20-100
a Portainer token: ptr_ base64 32-52
a PostHog key: phc_ phx_ phs_ pha_ phr_ url 40-49
a Proof key: prf_ url 20-80
a PubNub key: sub-c- pub-c- url 36
a PubNub key: sec-c- base64 40-60
a PyPI token: pypi- url 120-300
a pyx key: sk-pyx- letters 64
a Ramp secret: ramp_sec_ letters 48
a Ramp token: ramp_business_tok_ letters 42
a ReadMe key: rdme_ letters 70
a RunPod key: rpa_ letters 46
a redirect.pizza token: rpa_ letters 30
a Render key: rnd_ letters 28-32
a Resend key: re_ words 33
a Riot key: RGAPI- url 36
a Robinhood key: rh-api- uuid
a Rootly key: rootly_ hex 64
a SaladCloud token: salad_cloud_user_ letters 49
a Salesforce consumer key: 3MVG9 dotted 40-180
a Samsara token: samsara_api_ letters 26-32
a Scale key: live_ live_auth_ test_auth_ hex 32
a Scalingo token: tk-us- url 48
a Seam key: seam_live seam_test words 22-40
a Segment token: sgp_ url 60-70
a SettleMint token: sm_pat_ sm_aat_ sm_sat_ letters 16
a Shortcut token: sct_ url 140-220
a SonarQube token: sqp_ squ_ sqa_ letters 40
a Sourcegraph token: slk_ hex 64
a Sqreen token: org_ hex 56-64
a Statsig key: secret- console- letters 40-48
a Stytch secret: secret-test- secret-live- base64 34-40
a Supabase key: sbp_ sbp_v0_ url 40
a Tailscale key: tskey-api- tskey-auth- tskey-client- tskey-scim- tskey-webhook- url 20-60
a Tavily key: tvly- url 30-44
a Telnyx key: KEY url 55
a Testkube key: tkcapi_ letters 30-64
a Thunderstore token: tss_ url 20-80
a Tigris secret: tsec_ base64 70
a Together key: tgp_v1_ url 43
a Tolgee key: tgpak_ tgpat_ lower 45-64
a Trend Micro key: tmc1 parts 88-104
a Trigger.dev key: tr_dev_ tr_prod_ tr_stg_ tr_pat_ letters 20-24
a Ubidots token: BBUS- BBFF- letters 28-40
an Unkey key: unkey_ letters 20-32
an UpCloud token: ucat_ letters 24-32
a Val Town token: vtwn_ url 20-80
a Vercel token: vcp_ vci_ vca_ vcr_ vck_ url 50-60
a VK token: vk1.a. url 100-260
a Voyage AI key: pa- al- url 43
a WakaTime key: waka_ uuid
a WakaTime key: waka_ url 36-64
a WarpStream key: aks_ hex 64
a Weights & Biases key: wandb_v1_ words 77
a WePay token: STAGE_ PRODUCTION_ hex 60-68
a WooCommerce key: cs_ ck_ hex 40
a WunderGraph key: cosmo_ hex 32
an xAI key: xai- url 70-120
a Xata key: xau_ letters 33
a Xendit key: xnd_production_ xnd_development_ letters 40-72
a Zoho token: 1000. dotted 65
a Zuplo key: zpka_ words 41
"""


def _beside(begin: str) -> str:
    """What does not stand beside a token. A mark of letters alone turns up in base64 by chance, between the signs of it."""
    return "A-Za-z0-9_+/-" if begin.isalnum() else "A-Za-z0-9_-"


def _forms(line: str) -> Iterator[Form]:
    kind, _, said = line.partition(": ")
    *begins, count = said.split()
    check = checks.marked
    if count == "uuid":
        drawn, check = UUID[2:], checks.hexadecimal
    else:
        which, _, sign = begins.pop().partition(",")
        low, _, high = count.partition("-")
        drawn = f"[{_LETTERS[which]}{sign}]{{{low},{high or low}}}(?![{_beside(begins[0])}])"
    for begin in begins:
        escaped = re.escape(begin).replace("\\-", "-")
        yield Form(kind, (begin,), f"(?<![{_beside(begin)}]){escaped}{drawn}", check)


FORMS: tuple[Form, ...] = tuple(form for line in _LINES.strip().splitlines() for form in _forms(line))
