"""What GitHub does, resource by resource: the type to the function that reads it. Defaults are those of github 6."""

KINDS: dict[str, str] = {
    "github_actions_environment_secret": "repositories:secret",
    "github_actions_organization_secret": "repositories:secret",
    "github_actions_secret": "repositories:secret",
    "github_branch_protection": "repositories:branch",
    "github_branch_protection_v3": "repositories:branch",
    "github_codespaces_organization_secret": "repositories:secret",
    "github_codespaces_secret": "repositories:secret",
    "github_codespaces_user_secret": "repositories:secret",
    "github_dependabot_organization_secret": "repositories:secret",
    "github_dependabot_secret": "repositories:secret",
    "github_organization_webhook": "repositories:webhook",
    "github_repository": "repositories:repository",
    "github_repository_webhook": "repositories:webhook",
}
