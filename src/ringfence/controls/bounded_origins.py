"""Only known sites may make cross-origin calls.

With `*`, every site that a user visits can make calls in the user's name.

Bad, terraform:

    resource "azurerm_linux_web_app" "a" {
      name = "shop"
      https_only = true

      site_config {
        cors {
          allowed_origins = ["*"]
        }
      }
    }

Bad, terraform:

    resource "aws_s3_bucket_cors_configuration" "a" {
      bucket = aws_s3_bucket.a.id

      cors_rule {
        allowed_methods = ["GET", "PUT"]
        allowed_origins = ["*"]
      }
    }

Good, terraform:

    resource "azurerm_linux_web_app" "a" {
      name = "shop"
      https_only = true

      site_config {
        cors {
          allowed_origins = ["https://shop.example.com"]
        }
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.buckets import CrossOrigin
from ringfence.models.cloud.edge import WebApp


def faults(model: WebApp | CrossOrigin) -> Iterator[Fault]:
    """No site may be every site."""
    for index, origin in enumerate(model.origins or ()):
        if origin == "*":
            yield Fault(path=f"origins[{index}]", found="any site may make cross-origin calls", want=_QUESTION)


_QUESTION = Decision("which sites need to call it?")


CONTROL = Control(
    id="bounded-origins",
    title="Only known sites may make cross-origin calls",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("origins",),
    references=(
        cwe(942),
        terraform("azurerm/r/linux_web_app"),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("WebApp", "CrossOrigin"),
    standards=frozenset({Standard.DEFAULT}),
)
