"""Kubernetes in whole Terraform files: lines, what nobody knows, references, made blocks, JSON, plans, fixes."""

import json
import re
from datetime import date

import pytest

from formats.aws_kit import check, found
from ringfence.audit.fix import fixed
from ringfence.audit.judge import findings
from ringfence.audit.kinds import KINDS
from ringfence.audit.select import checked
from ringfence.audit.settings import Settings
from ringfence.controls import CATALOGUE
from ringfence.controls.control import Scope
from ringfence.formats import terraform
from ringfence.formats.terraform.kubernetes import KINDS as KINDS_READ

EVERY = [id for id, scopes in CATALOGUE.items() if Scope.KUBERNETES in scopes]
TERRAFORM = next(kind for kind in KINDS if kind.scope is Scope.TERRAFORM)
DIGEST = "sha256:" + "8f3a" * 16

#: Nothing is at fault in it.
GOOD = f"""\
resource "kubernetes_deployment_v1" "shop" {{
  metadata {{
    name      = "shop"
    namespace = "store"
    labels    = {{ app = "shop" }}
  }}
  spec {{
    selector {{
      match_labels = {{ app = "shop" }}
    }}
    template {{
      metadata {{
        labels = {{ app = "shop" }}
      }}
      spec {{
        automount_service_account_token = false
        service_account_name            = "shop"
        security_context {{
          run_as_non_root = true
          run_as_user     = 10001
          run_as_group    = 10001
          seccomp_profile {{
            type = "RuntimeDefault"
          }}
        }}
        volume {{
          name = "scratch"
          empty_dir {{
            medium = "Memory"
          }}
        }}
        container {{
          name              = "web"
          image             = "registry.example.com/shop/web:4.2@{DIGEST}"
          image_pull_policy = "IfNotPresent"
          env {{
            name  = "MODE"
            value = "live"
          }}
          volume_mount {{
            name       = "scratch"
            mount_path = "/tmp"
          }}
          resources {{
            limits   = {{ cpu = "1", memory = "256Mi" }}
            requests = {{ cpu = "100m", memory = "64Mi" }}
          }}
          security_context {{
            allow_privilege_escalation = false
            privileged                 = false
            read_only_root_filesystem  = true
            capabilities {{
              drop = ["ALL"]
            }}
          }}
          liveness_probe {{
            http_get {{
              path = "/alive"
              port = 8080
            }}
          }}
          readiness_probe {{
            http_get {{
              path = "/ready"
              port = 8080
            }}
          }}
        }}
      }}
    }}
  }}
}}

resource "kubernetes_ingress_v1" "shop" {{
  metadata {{
    name      = "shop"
    namespace = "store"
  }}
  spec {{
    tls {{
      hosts       = ["shop.example.com"]
      secret_name = "shop-tls"
    }}
    rule {{
      host = "shop.example.com"
    }}
  }}
}}

resource "kubernetes_service_v1" "shop" {{
  metadata {{
    name      = "shop"
    namespace = "store"
    annotations = {{
      "service.beta.kubernetes.io/aws-load-balancer-scheme" = "internal"
    }}
  }}
  spec {{
    type                        = "LoadBalancer"
    load_balancer_source_ranges = ["10.0.0.0/8"]
  }}
}}

resource "kubernetes_network_policy_v1" "shop" {{
  metadata {{
    name      = "shop"
    namespace = "store"
  }}
  spec {{
    policy_types = ["Ingress", "Egress"]
    pod_selector {{}}
    ingress {{
      from {{
        ip_block {{
          cidr   = "0.0.0.0/0"
          except = ["10.0.0.0/8"]
        }}
      }}
    }}
  }}
}}

resource "kubernetes_role_v1" "shop" {{
  metadata {{
    name      = "shop"
    namespace = "store"
  }}
  rule {{
    api_groups = [""]
    resources  = ["configmaps"]
    verbs      = ["get"]
  }}
}}

resource "kubernetes_service_account_v1" "shop" {{
  automount_service_account_token = false
  metadata {{
    name      = "shop"
    namespace = "store"
  }}
}}

resource "kubernetes_namespace_v1" "store" {{
  metadata {{
    name = "store"
    labels = {{
      "pod-security.kubernetes.io/enforce"         = "restricted"
      "pod-security.kubernetes.io/enforce-version" = "latest"
    }}
  }}
}}

resource "kubernetes_secret_v1" "shop" {{
  metadata {{
    name      = "shop"
    namespace = "store"
  }}
  data = {{
    password = var.password
  }}
}}
"""


def settings(*ids: str) -> Settings:
    selection = checked("all", list(ids), [])
    return Settings(selection=selection, today=date(2026, 1, 1), waivers=(), assume={}, exclude=(), previews=False)


def test_nothing_is_at_fault_in_a_good_one() -> None:
    """All controls, and no word of theirs: the file is hard in every way that they know."""
    assert found(GOOD, EVERY) == set()


def test_what_nobody_knows_is_never_a_finding() -> None:
    """Each attribute once as a variable without a value, each block once as made by one: nothing is found by guess."""
    rows = GOOD.split("\n")
    for number, line in enumerate(rows):
        attribute = re.match(r'( +[\w"./-]+ +=) [^{].*$', line) or re.match(r"( +\w+ +=) \{.*\}$", line)
        block = re.fullmatch(r"( +)(\w+) \{", line)
        if attribute:
            text = "\n".join([*rows[:number], f"{attribute[1]} var.nobody", *rows[number + 1 :]])
        elif block and block[2] != "spec":
            end = next(n for n in range(number, len(rows)) if rows[n] == block[1] + "}")
            made = [f'{block[1]}dynamic "{block[2]}" {{', "for_each = var.nobody", "content {"]
            text = "\n".join([*rows[:number], *made, *rows[number + 1 : end], "}", *rows[end:]])
        else:
            continue
        assert found(text, EVERY) == set(), (line, text)


def test_lines() -> None:
    """What stands there is shown where it stands; what does not, at the container or the resource."""
    check(
        "no-privileged no-host-namespaces no-host-path pinned-tag no-secrets-in-environment bounded-memory"
        " no-wildcard-rules no-public-services no-service-token named-namespace no-secrets-in-data",
        """
resource "kubernetes_stateful_set" "a" {
  metadata { # named-namespace
    name = "a"
  }
  spec {
    template {
      spec {
        automount_service_account_token = true # no-service-token
        host_pid = true # no-host-namespaces
        volume {
          name = "disk"
          host_path {
            path = "/srv/data" # no-host-path
          }
        }
        container { # bounded-memory
          name  = "a"
          image = "${var.registry}/a:latest" # pinned-tag
          env {
            name  = "DB_PASSWORD"
            value = "kX9vQ2mZp7Lw4Tn8" # no-secrets-in-environment
          }
          security_context {
            privileged = true # no-privileged
          }
          volume_mount {
            name       = "disk"
            mount_path = "/data"
          }
        }
      }
    }
  }
}
resource "kubernetes_cluster_role" "a" {
  metadata {
    name = "a"
  }
  rule {
    api_groups = [""]
    resources  = ["*"] # no-wildcard-rules
    verbs      = ["get"]
  }
}
resource "kubernetes_service" "a" {
  metadata {
    namespace = "shop"
  }
  spec {
    type = "LoadBalancer" # no-public-services
  }
}
resource "kubernetes_service_account" "a" { # no-service-token
  metadata {
    namespace = "shop"
  }
}
resource "kubernetes_config_map" "a" {
  data = {
    api_key = "kX9vQ2mZp7Lw4Tn8rB6c" # no-secrets-in-data
  }
}
""",
    )


def test_objects_in_hcl_and_in_text() -> None:
    """An object is read as it stands: in HCL, encoded, in a heredoc with and without interpolations; what comes from a
    file is judged there."""
    check(
        "no-privileged no-host-namespaces pinned-tag",
        """
variable "tag" {}
locals {
  team = "shop"
}
resource "kubernetes_manifest" "a" {
  manifest = {
    apiVersion = "v1"
    kind       = "Pod"
    metadata   = { name = "a", namespace = local.team }
    spec = {
      hostPID = true # no-host-namespaces
      containers = [
        { name = "a", image = "example/a:latest" }, # pinned-tag
        {
          name  = "b"
          image = "example/b:${var.tag}"
          securityContext = {
            privileged = true # no-privileged
          }
        },
      ]
    }
  }
}
resource "kubectl_manifest" "a" {
  yaml_body = yamlencode({
    apiVersion = "v1"
    kind       = "Pod"
    spec = {
      containers = [{
        name  = "a"
        image = "example/a:latest" # pinned-tag
      }]
    }
  })
}
resource "kubectl_manifest" "b" {
  yaml_body = <<-YAML
    apiVersion: v1
    kind: Pod
    metadata: {name: b, namespace: "${local.team}"}
    spec:
      hostIPC: ${var.shared}
      containers:
        - name: ${local.team}
          image: example/b:${var.tag}
          securityContext:
            privileged: true # no-privileged
  YAML
}
resource "kubernetes_manifest" "b" {
  manifest = yamldecode(<<EOT
apiVersion: v1
kind: Pod
spec:
  hostNetwork: true # no-host-namespaces
  containers:
  - image: example/c:1
EOT
  )
}
resource "kubernetes_manifest" "c" {
  manifest = yamldecode(file("pod.yaml"))
}
resource "kubectl_manifest" "c" {
  yaml_body = templatefile("pod.yaml", { tag = var.tag })
}
""",
        {"pod.yaml": "apiVersion: v1\nkind: Pod\nspec: {hostPID: true, containers: [{image: a}]}\n"},
    )


def test_references_and_blocks_that_are_made() -> None:
    """A namespace by reference, dynamic blocks over literals, count and for_each, and a limit range of the module."""
    check(
        "no-privileged named-namespace no-host-ports bounded-memory no-secret-variables",
        """
resource "kubernetes_namespace" "n" {
  metadata {
    name = "default"
  }
}
resource "kubernetes_pod" "a" {
  metadata {
    namespace = kubernetes_namespace.n.metadata[0].name # named-namespace
  }
  spec {
    container { # bounded-memory
      name = "a"
      dynamic "port" {
        for_each = [8080, 9090]
        content {
          container_port = port.value
          host_port      = port.value # no-host-ports
        }
      }
      dynamic "env" {
        for_each = { TOKEN = "shop" }
        content {
          name = env.key # no-secret-variables
          value_from {
            secret_key_ref {
              name = env.value
              key  = "token"
            }
          }
        }
      }
    }
  }
}
resource "kubernetes_limit_range" "n" {
  metadata {
    namespace = "bounded"
  }
  spec {
    limit {
      type    = "Container"
      default = { memory = "64Mi" }
    }
  }
}
resource "kubernetes_pod" "b" {
  for_each = { one = true, two = false }
  metadata {
    namespace = "bounded"
  }
  spec {
    container {
      name = each.key
      security_context {
        privileged = each.value # no-privileged
      }
    }
  }
}
resource "kubernetes_pod" "c" {
  count = 0
  spec {
    container {
      name = "c"
      security_context {
        privileged = true
      }
    }
  }
}
""",
    )


def test_values_of_a_secret_that_stand_elsewhere() -> None:
    """Every value of a secret counts as one, but where it is written: what comes by reference is shown there, or is a
    name that another resource has. base64 of what is written is written, too. A key can say that it is no secret."""
    check(
        "no-secrets-in-data",
        """
locals {
  client = "shop-frontend"
}
resource "kubernetes_secret" "a" {
  data = {
    client = local.client
    named  = "${local.client}-id"
    token  = "kX9vQ2mZp7Lw4Tn8rB6c" # no-secrets-in-data
    made   = upper("qP4tY8sD2fG6hJ1k") # no-secrets-in-data
    other  = random_password.a.result
    DB_USER  = "shop"
    hostname = "db.example.com"
    port     = 5432
    user     = "ghp_16C7e42F292c6912E7710c838347Ae178B4a" # no-secrets-in-data
  }
  binary_data = {
    cert = base64encode("kX9vQ2mZp7Lw4Tn8rB6c") # no-secrets-in-data
  }
}
""",
    )


def test_what_a_release_is_told() -> None:
    """Secrets in the settings and values of a Helm release, in every form in which they stand there."""
    check(
        "no-secrets-in-data",
        """
variable "token" {}
resource "helm_release" "a" {
  name = "a"
  set {
    name  = "auth.password"
    value = "kX9vQ2mZp7Lw4Tn8" # no-secrets-in-data
  }
  set {
    name  = "auth.existingSecret"
    value = "shop-auth"
  }
  set_sensitive {
    name  = "auth.token"
    value = var.token
  }
  values = concat([
    yamlencode({
      auth = {
        password = "kX9vQ2mZp7Lw4Tn6" # no-secrets-in-data
        token    = var.token
      }
    }),
    <<-EOT
      auth:
        adminPassword: kX9vQ2mZp7Lw4Tn5 # no-secrets-in-data
        token: ${var.token}
    EOT
    , file("values.yaml"),
  ], var.more)
}
""",
    )


def test_blocks_written_as_attributes() -> None:
    """Some write blocks with a sign between, or maps without one: they are read all the same."""
    check(
        "no-privileged no-added-capabilities no-secrets-in-data bounded-memory",
        """
resource "kubernetes_config_map" "a" {
  data {
    api_token = "ghp_16C7e42F292c6912E7710c838347Ae178B4a" # no-secrets-in-data
  }
}
resource "kubernetes_pod" "old" {
  spec {
    container {
      name = "a"
      resources {
        limits {
          memory = "64Mi"
        }
      }
    }
  }
}
resource "kubernetes_pod" "a" {
  spec {
    container = [
      { # bounded-memory
        name  = "a"
        image = "example/a:1"
        security_context = {
          privileged = true # no-privileged
        }
      },
      { # bounded-memory
        name  = "b"
        image = "example/b:1"
        security_context = {
          capabilities = { add = ["NET_ADMIN"] } # no-added-capabilities
        }
      },
    ]
  }
}
""",
    )


def test_what_the_provider_does_in_silence() -> None:
    """A profile without a type is none; a pod asks for its token whatever its account says."""
    check(
        "seccomp-confined no-service-token named-namespace",
        """
resource "kubernetes_service_account" "a" {
  automount_service_account_token = false
  metadata {
    name = "a"
  }
}
resource "kubernetes_default_service_account" "d" { # no-service-token
  metadata {
    namespace = "shop"
  }
}
resource "kubernetes_job" "a" {
  metadata { # named-namespace
    name = "a"
  }
  spec {
    template {
      spec {
        service_account_name = "a"
        container { # no-service-token
          name = "a"
          security_context {
            seccomp_profile {} # seccomp-confined
          }
        }
      }
    }
  }
}
""",
    )


POD = {
    "metadata": [{"name": "a", "namespace": "shop", "labels": None}],
    "spec": [
        {
            "automount_service_account_token": False,
            "host_pid": True,
            "security_context": [],
            "volume": [],
            "container": [
                {
                    "name": "a",
                    "image": "example/a:latest",
                    "security_context": [{"privileged": True, "run_as_user": "", "capabilities": [{"drop": ["ALL"]}]}],
                }
            ],
        }
    ],
}


@pytest.mark.parametrize("form", ["json", "plan"])
def test_json_and_plans(form: str) -> None:
    """The same is found in JSON syntax and in a plan, and both are left as they are by a fix."""
    if form == "json":
        name, data = "main.tf.json", {"resource": {"kubernetes_pod": {"a": POD}}}
    else:
        resource = {"address": "kubernetes_pod.a", "mode": "managed", "type": "kubernetes_pod", "name": "a"}
        module = {"resources": [{**resource, "values": POD}]}
        name, data = "plan.json", {"format_version": "1.2", "planned_values": {"root_module": module}}  # type: ignore[dict-item]
    text = json.dumps(data, indent=2)
    document = terraform.load(text, name, lambda path: None)
    wanted = {"no-privileged": "privileged", "no-host-namespaces": "host_pid"}
    rows = text.split("\n")
    for id, word in wanted.items():
        (one,) = findings(document, name, settings(id))
        assert f'"{word}"' in rows[one.place.line - 1]
        after = fixed(text, name, TERRAFORM, lambda path: None, settings(id), unsafe=True)
        assert after.text == text
        assert [why for _, why in after.left] == ["it stands in an object, in JSON or in another file: change it there"]
    (left,) = [one for one in document.subjects if "container" in one.name]
    assert "user" not in left.unknown, "an empty text says nothing"


BEFORE = """\
# a shop
resource "kubernetes_pod" "a" {
  metadata {
    name = "a" # kept
  }

  spec {
    host_network = true
    container {
      name  = "a"
      image = "example/a:1.2"
      env {
        name  = "MODE"
        value = "live"
      }
      resources {
        limits = {
          memory = "64Mi" # small
        }
      }
      security_context {
        privileged = true /* why? */
        capabilities {
          add  = ["NET_ADMIN"]
          drop = ["NET_RAW"]
        }
      }
    }
  }
}
"""
AFTER = """\
# a shop
resource "kubernetes_pod" "a" {
  metadata {
    name = "a" # kept
  }

  spec {
    automount_service_account_token = false

    container {
      name  = "a"
      image = "example/a:1.2"
      env {
        name  = "MODE"
        value = "live"
      }
      resources {
        limits = {
          memory = "64Mi" # small
          cpu    = "1"
        }
      }
      security_context {
        privileged = false /* why? */

        allow_privilege_escalation = false
        capabilities {
          drop = ["ALL"]
        }
      }
    }
  }
}
"""


def test_what_stands_in_one_line_stays_in_one() -> None:
    """An object that is written in one line is fixed in it."""
    spec = '{ containers = [{ name = "a", image = "b:1" }, { name = "c", securityContext = { privileged = true } }] }'
    line = f'  manifest = {{ apiVersion = "v1", kind = "Pod", spec = {spec} }}\n'
    text = f'resource "kubernetes_manifest" "a" {{\n{line}}}\n'
    chosen = settings("no-privileged", "bounded-memory", "no-service-token")
    after = fixed(text, "main.tf", TERRAFORM, lambda path: None, chosen, unsafe=True).text
    memory = 'resources = { limits = { memory = "512Mi" } }'
    wanted = (
        '[{ name = "a", image = "b:1", ' + memory + ' }, { name = "c", securityContext = { privileged = false }, '
        "" + memory + " }], automountServiceAccountToken = false }"
    )
    assert f"spec = {{ containers = {wanted}" in after
    assert found(after, ["no-privileged", "bounded-memory", "no-service-token"]) == set()


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_what_is_fixed_is_written_as_terraform_would(newline: str) -> None:
    """Attributes and blocks of the provider go where they belong; the rest stays as it is, byte for byte."""
    ids = (
        "no-host-namespaces no-privileged no-new-privileges capabilities-dropped no-added-capabilities bounded-cpu"
        " no-service-token"
    )
    chosen = settings(*ids.split())
    after = fixed(BEFORE.replace("\n", newline), "main.tf", TERRAFORM, lambda path: None, chosen, unsafe=True)
    assert after.text == AFTER.replace("\n", newline)
    assert fixed(after.text, "main.tf", TERRAFORM, lambda path: None, chosen, unsafe=True).text == after.text


SHAPES = [
    "",
    "metadata {}\nspec {}",
    "metadata = var.nobody\nspec = var.nobody\ndata = var.nobody",
    'metadata = "x"\nspec = [1, null]\ndata = "x"\nrule = 3\nsubject = [[{}]]',
    "spec {\ncontainer = null\nvolume = {}\ntemplate {\nspec {\ncontainer {\nenv = [null]\nresources = 3\n}\n}\n}\n}",
    'spec {\ntemplate {\nmetadata {\nannotations = "x"\n}\n}\n}',
    "spec {\ncontainer {\nsecurity_context {\ncapabilities = []\n}\n}\n}",
    'metadata {\nname = kubernetes_pod.it.metadata[0].name\nnamespace = kubernetes_pod.it.metadata["x"].y[0]\n}',
    'manifest = { apiVersion = "v1", kind = "Pod", spec = { containers = "x", volumes = [[]] } }',
    'manifest = { apiVersion = var.x, kind = "Pod" }\nyaml_body = "a: [\\napiVersion: v1\\nkind: Pod"',
    'yaml_body = <<EOT\napiVersion: v1\nkind: Pod\nspec: ${jsonencode({ a = 1 })}\n%{if true}\n}\nEOT',
    "yaml_body = var.nobody\nmanifest = yamldecode(var.nobody)",
    f"manifest = {'{ a = ' * 60}1{' }' * 60}",
]  # fmt: skip


@pytest.mark.parametrize("body", SHAPES)
def test_no_shape_is_too_strange(body: str) -> None:
    """Whatever stands in a resource of any kind, nothing raises."""
    for kind in KINDS_READ:
        document = terraform.load(f'resource "{kind}" "it" {{\n{body}\n}}\n', "main.tf", lambda path: None)
        for subject in document.subjects:
            assert document.place(subject, "nothing.of.this").line >= 1


WAIVED = """\
resource "kubernetes_pod" "a" {
  spec {
    # ringfence: allow no-host-namespaces reason="it reads the node's counters"
    host_pid = true
    container {
      name = "a"
      security_context {
        privileged = true # ringfence: allow no-privileged reason="it loads a module"
      }
    }
  }
}
"""


def test_waivers_beside_what_they_accept() -> None:
    """On the line, or above it."""
    document = terraform.load(WAIVED, "main.tf", lambda path: None)
    seen = findings(document, "main.tf", settings("no-host-namespaces", "no-privileged"))
    assert {(one.control, one.place.line, one.waived is not None) for one in seen} == {
        ("no-privileged", 8, True),
        ("no-host-namespaces", 4, True),
    }


HEREDOC = """\
resource "kubectl_manifest" "shop" {
  yaml_body = <<-YAML
    apiVersion: v1
    kind: Pod
    metadata:
      name: shop
    spec:
      containers:
        - name: shop
          image: registry.example.com/shop:4.2
          securityContext:
            capabilities:
              drop: [ALL]
          resources:
            limits:
              cpu: "1"
              memory: 64Mi
  YAML
}
variable "unsaid" {}
"""


@pytest.mark.parametrize(
    ("said", "id"), [("[ALL]", "capabilities-dropped"), ('"1"', "requests-set"), ("64Mi", "requests-set")]
)
def test_what_a_text_leaves_open_is_no_finding(said: str, id: str) -> None:
    """A value that is interpolated and not known may be what it was."""
    assert said in HEREDOC
    assert found(HEREDOC, [id]) == set()
    assert found(HEREDOC.replace(said, "${var.unsaid}"), [id]) == set()


def test_a_text_that_is_no_object_is_said() -> None:
    """Nothing was judged of it, so that is told; of one that nobody knows there is nothing to say."""
    for body, told in (('"a: ["', 1), ("var.unsaid", 0), ('"# nothing yet"', 1)):
        text = f'resource "kubectl_manifest" "a" {{\n  yaml_body = {body}\n}}\nvariable "unsaid" {{}}\n'
        assert len(terraform.load(text, "main.tf", lambda path: None).unread) == told, body
