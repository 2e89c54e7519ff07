"""Asks the new version for its health before the users do."""

import os
import urllib.request


def lambda_handler(event, context):
    with urllib.request.urlopen(os.environ["URL"], timeout=10) as answer:
        healthy = answer.status == 200
    return {"hookStatus": "SUCCEEDED" if healthy else "FAILED"}
