{{if .Traffic -}}
"""Asks green for its health while the users' requests still go to blue."""

import os
import urllib.request


def lambda_handler(event, context):
    """SUCCEEDED goes on, FAILED rolls back, IN_PROGRESS is asked again."""
    test = {"x-blue-green-test": "1"}  # as the test rule has it
    request = urllib.request.Request(os.environ["URL"], headers=test)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            healthy = answer.status == 200
    except OSError as error:
        print(f"{request.full_url}: {error}")
        healthy = False
    return {"hookStatus": "SUCCEEDED" if healthy else "FAILED"}
{{- else -}}
"""Decides whether the deployment goes on, now that green is healthy."""


def lambda_handler(event, context):
    """SUCCEEDED goes on, FAILED rolls back, IN_PROGRESS is asked again."""
    print(event)  # what ECS says of the deployment; your checks go here
    return {"hookStatus": "SUCCEEDED"}
{{- end}}
