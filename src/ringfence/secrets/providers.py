"""Keys that have no form of their own, by whose they are: `pdflayer: X`, `PdflayerClient("X")`.

Names that are words of everyday speech as well are not here: what stands beside those is known by its form, or by a telling name.
"""

import re
from collections.abc import Iterator

from ringfence.secrets import checks, values

NAMES = frozenset(
    """
    1password abbysale abstractapi abuseipdb accuweather adafruit adafruitio adzuna aeroworkflow agora ai21studio aikido
    airbrake airtable aiven akamai alchemy alconost alegra aletheiaapi algolia alibaba alienvault aliyun allsports amadeus
    amazonmws amazonoauth ambee amplitude anthropic api2cart apiflash apify apimatic apiscience appfollow appsynergy arcjet
    artifactory asaas asana assemblyai atlassian auth0 authress autoklose aviationstack aylien azureapim azurebatch
    azurecognitive azurecommunication azurecosmosdb azureeventgrid azurefunctionkey azurelogicapps azuremaps azuremixedreality
    azureopenai azuresastoken azuresearch azuresignalr azurespeech azuresql azurestorage azuretranslator azurewebpubsub
    bannerbear baremetrics baseten beebole besttime betterstack billomat bitbar bitbucket bitcoinaverage bitfinex bitly bitmex
    bitrise bittrex bitwarden blablabus blitapp blockprotocol blynk boostnote borgbase braintree brandfetch brevo browserbase
    browserstack browseruse browshot buddyns bugherd builderio buildkite bulbul bunnynet buttercms calcom calendarific calendly
    calorieninja campayn capsulecrm captaindata carboninterface cartesia censys centralstation cerebras cexio cfxre chartmogul
    chatfuel checklyhq checkvist cielo circleci ciscomeraki clarifai clearbit clearout clickhelp clickhouse clickup clinchpad
    clockify clockworksms closecrm cloudant cloudflare cloudimage cloudinary cloudplan cloudsight cloudsmith clustdoc
    cockroachlabs codacy codeclimate codecov coderabbit cohere coinbase coinlayer coinlib commercejs companyhub composio
    configcat confluence confluent contentful contentstack convertkit couchbase countrylayer coveralls crossmint crowdin
    cryptocompare currencycloud currencyfreaks currencylayer currencyscoop currentsapi customerio dailyco databento databricks
    datagov datastax deepgram deepl deepseek definednetworking detectify detectlanguage devcycle deviantart devin diffbot
    digitalocean discord disqus dnscheck dockerhub docusign doppler dotnet dronahq droneci dropbox dryrunsecurity duplocloud
    dwolla dynalist dynatrace dyspatch easyinsight easypost edamam elasticemail elevenlabs enablex endorlabs ethplorer etsy
    eventbrite exchangerateapi exchangeratesapi exoscale facebook faceplusplus fakejson falai fastforex fastly feedier fernet
    fetchrss figma financialmodelingprep finicity finnhub firecrawl fireworks flagsmith flatio fleetbase flickr flightapi
    flightstats flowflu flutterwave flyio foursquare frameio freemius freshbooks freshdesk freshworks friendli fulcrum
    fullcontact fullstory fusebill fxmarket gcnotify geckoboard gemfury gemstash geoapify geocodify geocodio geoipify getemail
    getemails getgeoapi getgist getsandbox gitalk gitea gitter glassnode gocardless godaddy goodday grafana graphcms greptile
    groovehq groq guardsquare gumroad gyazo hackclub happyscribe hcaptcha heartland hellosign helpscout hereapi hetzner hiveage
    huawei huggingface hunterio iconfinder iexcloud imagekit imagga infisical influxdb infomaniak infracost infura inngest
    instagram intercom intrinio invoiceocean ipapi ipgeolocation ipify ipinfodb ipquality ipstack jenkins jfrog jira jotform
    jumpcloud karmacrm keycloak kickbox klaviyo klingai klipfolio kraken lacework langchain langfuse languagelayer lastfm
    launchdarkly lemonsqueezy lessannoyingcrm lichess linemessaging linenotify linkedin linkpreview linode liveagent liveblocks
    livekit llama llamacloud localstack lokalise looker loyverse madkudu mailboxlayer mailchimp mailerlite mailersend mailgun
    mailjet mandrill mapbox mappedin mapquest marketstack mattermost mavenlink maxmind meaningcloud mediastack meistertask
    meraki mercadopago mergify mesibo messagebird metaapi metrilo microsoftteamswebhook midtrans mindmeister minimax mintlify
    mistral mixmax mixpanel moonclerk moralis msteams neo4j netlify neutrinoapi newrelic newsapi newscatcher newyorktimes nexmo
    ngrok nicereply numverify nutritionix nxcloud nylas nytimes octopusdeploy okta omnisend onelogin onepagecrm onesignal onfido
    oopspam openai opencagedata opengraphr openrouter openshift openuv openweather optimizely ovhcloud owlbot packagecloud
    pagerduty pandadoc pandascore paralleldots particleio partnerstack paymoapp paymongo paypal paystack pdflayer pdfshift
    peopledatalabs pepipost permitio perplexity pingdom pingidentity pinterest pipedream pipedrive pirsch pivotaltracker pixabay
    planetscale planyo plivo poloniex polymarket portainer positionstack postageapp posthog postman powrbot prefect privateai
    protocolsio proxycrawl psexec pubnub pulumi purestake pushbullet pusher qualaroo qubole quickmetrics rainforestpay rapidapi
    razorpay rebrandly recaptcha redirectpizza redshift repairshopr restpack retellai revampcrm ringcentral ritekit rocketreach
    rollbar roninapp rootly route4me rownd runpod runrunit saladcloud salescookie salesflare salesforce salesloft samsara
    satismeter scalingo scrapeowl scraperapi scraperbox scrapersite scrapestack scrapfly scrapingant scrapingbee screenshotapi
    screenshotlayer securitytrails sendgrid sendinblue sentry serpapi serphouse serpstack settlemint sherpadesk shippo shodan
    shopify shotstack shutterstock signalwire signaturit signifyd signupgenius sigopt siliconflow simplesat simvoly sinch
    siteleaf skrapp skybiometry slack smartsheets smooch snipcart snowflake sonarcloud sonarqube sourcegraph sparkpost splunk
    spoonacular sportsmonk spotify sqreen sslmate stabilityai stackhawk statsig statuscake stitchdata stockdata storecove
    stormglass storyblok strava stripe stytch sugester sumologic supabase supernotes surveyanyplace surveybot surveysparrow
    survicate tailscale tavily taxjar teamcity teamgate technicalanalysisapi telegram telnyx tencent  testkube
    textmagic theoddsapi thingsboard thinkific thousandeyes thunderstore ticketmaster tigris tiingo timezoneapi tinybird tmetric
    todoist togetherai toggl tolgee tomorrowio tomtom tradier travelpayouts travis trello trendmicro triggerdev truenas
    twelvedata twilio twitch twitter tyntec typeform ubidots unkey unsplash upcdatabase upcloud uplead uploadcare upstage
    upstash uptimerobot upwave userstack valtown vastai vercel verimail veriphone versioneye virustotal visualcrossing vkontakte
    voiceflow volcengine vonage voyageai vpnapi vultr wakatime walkscore wandb warpstream weatherapi weatherbit weatherstack
    webex weightsandbiases wepay wireguard wistia woocommerce workato workos worksnaps worldcoinindex worldweather wpengine
    xendit yandex youneedabudget yousign youtube zendesk zerobounce zerotier zhipu zipapi zipbooks zipcodeapi zoho zohocrm zonka
    zuplo
    """.split()
)
#: Whose keys are UUIDs, which are the names of things elsewhere.
OF_UUIDS = frozenset(
    """
    airvisual anypoint appcenter appcues apptivo baseapi blazemeter bugsnag clicksend cliengo cloudmersive coinapi deepai
    graphhopper heroku holidayapi honeycomb hubspot insightly integromat kontent kucoin loginradius moosend nethunt nftport
    opsgenie pinecone pollinations postmark saucelabs scaleway selectpdf sendbird smartystreets snyk squarespace statuspage
    tatumio text2data urlscan vouchery zenscrape zenserp
    """.split()
)
#: Words that are said of other things as well, so that only long keys are told from those.
OF_WORDS = frozenset(
    "beamer clerk copper courier fixer ghost giphy kagi looker miro monday notion pendo plaid polygon prismic sanity "
    "segment sonar stability"
    " together zapier".split()
)
#: Every name.
ALL = NAMES | OF_UUIDS | OF_WORDS
WORDS = tuple(ALL)

#: From a provider's name to its key: the rest of a name or of a call, a sign, and a text.
_GIVEN = re.compile(
    r"(?P<rest>[\w. -]{0,30}+)[\"'`\])]{0,3}[ \t]{0,4}(?:=>|:=|[:=,(|])[ \t]{0,4}(?:\\?[\"'`])?"
    r"(?P<value>[A-Za-z0-9][A-Za-z0-9_+/=.~-]{15,400})(?![\w{(<\[$+/.-])"
)
#: What is no key of somebody: what is made of a content, where it stands, and whose it is.
_NO_KEY = re.compile(
    r"(?:id|zone|release|public[ _-]?key|hash|sha\d{0,3}|sum|rev|commit|version|url|host|project|digest|integrity"
    r"|resolved|image|path|file|name)\W*$",
    re.IGNORECASE,
)
#: Hits of one name that are looked at in one piece.
_MAX_HITS = 2000


def provided(text: str, folded: dict[str, list[int]]) -> Iterator[tuple[int, int, str]]:
    """(start, end, kind) of the keys beside providers' names. `folded`: where words stand in the text in lower case."""
    for name in [word for word in folded if word in ALL]:
        for at in folded[name][:_MAX_HITS]:
            found = _GIVEN.match(text, at + len(name), at + len(name) + 480)
            if found is None or _NO_KEY.search(found["rest"]) or _is_within(text, at):
                continue
            value = found["value"]
            if _is_uuid(value):
                secret = name in OF_UUIDS and checks.hexadecimal(value)
            else:
                long = len(value) >= (32 if name in OF_WORDS else 16)
                secret = long and checks.drawn(value) and values.is_secret(values.TOKEN, value, quoted=True)
            if secret:
                yield *found.span("value"), "a provider's key"


def _is_within(text: str, at: int) -> bool:
    """Whether a provider's name is a part of another word, of an address or of the name of a kind of thing."""
    before = text[at - 1 : at]
    if before == "D" and text[at - 2 : at - 1] == "-":
        return False  # a property that a program is started with
    return (before != "" and before in "/@:") or (before.isalpha() and not (before.islower() and text[at].isupper()))


_UUID = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$")


def _is_uuid(value: str) -> bool:
    return _UUID.match(value) is not None
