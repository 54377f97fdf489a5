"""Only named web pages may call a function URL.

With `*`, any page that a user opens may call the function from the user's browser.

Bad, terraform:

    resource "aws_lambda_function_url" "resize" {
      function_name      = aws_lambda_function.resize.function_name
      authorization_type = "AWS_IAM"
      cors {
        allow_origins = ["*"]
      }
    }

Good, terraform:

    resource "aws_lambda_function_url" "resize" {
      function_name      = aws_lambda_function.resize.function_name
      authorization_type = "AWS_IAM"
      cors {
        allow_origins = ["https://shop.example.com"]
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.containers import FunctionUrl


def faults(model: FunctionUrl) -> Iterator[Fault]:
    """No origin may be every page."""
    for index, origin in enumerate(model.origins):
        if origin == "*":
            question = Decision("which pages need to call it?")
            yield Fault(path=f"origins[{index}]", found="any web page may call it", want=question)


CONTROL = Control(
    id="bounded-function-origins",
    title="Only named web pages may call a function URL",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("origins",),
    references=(
        aws("lambda/latest/dg/urls-configuration"),
        terraform("aws/r/lambda_function_url"),
        cwe(942),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("FunctionUrl",),
    standards=frozenset({Standard.DEFAULT}),
)
