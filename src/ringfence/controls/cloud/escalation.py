"""What controls know of actions that give their holder more than they say: rights, credentials, data."""

from collections.abc import Iterable

from ringfence.controls.cloud.statements import covers

#: Actions with which a holder gains every right alone, and how.
_ALONE = {
    "iam:CreatePolicyVersion": "a new version of a policy can allow everything",
    "iam:SetDefaultPolicyVersion": "an older, wider version of a policy can be brought back",
    "iam:CreateAccessKey": "keys can be made for other users",
    "iam:CreateLoginProfile": "passwords can be set for other users",
    "iam:UpdateLoginProfile": "passwords of other users can be changed",
    "iam:AttachUserPolicy": "any policy can be attached to oneself",
    "iam:AttachGroupPolicy": "any policy can be attached to one's group",
    "iam:AttachRolePolicy": "any policy can be attached to one's role",
    "iam:PutUserPolicy": "a policy can be written for oneself",
    "iam:PutGroupPolicy": "a policy can be written for one's group",
    "iam:PutRolePolicy": "a policy can be written for one's role",
    "iam:AddUserToGroup": "one can join the administrators",
    "iam:UpdateAssumeRolePolicy": "any role can be made to trust oneself",
    "iam:DeleteRolePermissionsBoundary": "what bounds a role can be taken away",
    "iam:DeleteUserPermissionsBoundary": "what bounds a user can be taken away",
    "iam:PutRolePermissionsBoundary": "what bounds a role can be widened",
    "iam:PutUserPermissionsBoundary": "what bounds a user can be widened",
    "lambda:UpdateFunctionCode": "code can be run with any function's role",
    "glue:UpdateDevEndpoint": "any endpoint's role can be used",
}

#: What starts something with a role that was passed to it.
_STARTING = (
    "ec2:RunInstances",
    "lambda:CreateFunction",
    "cloudformation:CreateStack",
    "glue:CreateDevEndpoint",
    "glue:CreateJob",
    "datapipeline:CreatePipeline",
    "sagemaker:CreateNotebookInstance",
    "sagemaker:CreateTrainingJob",
    "sagemaker:CreateProcessingJob",
    "ecs:RunTask",
    "codebuild:CreateProject",
    "codestar:CreateProject",
    "autoscaling:CreateLaunchConfiguration",
)

#: Actions that answer with keys, tokens or passwords. ECR's tokens, which every pull needs, are not among them.
GIVING_CREDENTIALS = (
    "sts:AssumeRole",
    "sts:AssumeRoleWithSAML",
    "sts:AssumeRoleWithWebIdentity",
    "sts:GetFederationToken",
    "sts:GetSessionToken",
    "iam:CreateAccessKey",
    "iam:CreateLoginProfile",
    "iam:CreateServiceSpecificCredential",
    "iam:ResetServiceSpecificCredential",
    "iam:UpdateAccessKey",
    "airflow:CreateCliToken",
    "airflow:CreateWebLoginToken",
    "appsync:CreateApiKey",
    "chime:CreateApiKey",
    "cloud9:CreateEnvironmentToken",
    "codeartifact:GetAuthorizationToken",
    "codepipeline:PollForJobs",
    "cognito-identity:GetOpenIdToken",
    "cognito-identity:GetOpenIdTokenForDeveloperIdentity",
    "cognito-identity:GetCredentialsForIdentity",
    "cognito-idp:GetSigningCertificate",
    "connect:GetFederationToken",
    "connect:GetFederationTokens",
    "ec2:GetPasswordData",
    "emr-containers:GetManagedEndpointSessionCredentials",
    "finspace-api:GetProgrammaticAccessCredentials",
    "gamelift:GetInstanceAccess",
    "gamelift:RequestUploadCredentials",
    "grafana:CreateWorkspaceApiKey",
    "license-manager:GetAccessToken",
    "lightsail:CreateBucketAccessKey",
    "lightsail:DownloadDefaultKeyPair",
    "lightsail:GetInstanceAccessDetails",
    "lightsail:GetRelationalDatabaseMasterUserPassword",
    "mediapackage:RotateChannelCredentials",
    "mediapackage:RotateIngestEndpointCredentials",
    "rds-db:connect",
    "redshift:GetClusterCredentials",
    "redshift:GetClusterCredentialsWithIAM",
    "redshift-serverless:GetCredentials",
    "sso:GetRoleCredentials",
)

#: Actions that give out files and secrets.
GIVING_DATA = (
    "s3:GetObject",
    "ssm:GetParameter",
    "ssm:GetParameters",
    "ssm:GetParametersByPath",
    "secretsmanager:GetSecretValue",
)


def escalation(pattern: str) -> str | None:
    """How an action, which may have wildcards, makes its holder an administrator; None where it does not by itself."""
    return next((way for action, way in _ALONE.items() if covers(pattern, action)), None)


def starting(patterns: Iterable[str]) -> str | None:
    """The first of some actions that starts something with a passed role."""
    return next((one for one in patterns if any(covers(one, start) for start in _STARTING)), None)
