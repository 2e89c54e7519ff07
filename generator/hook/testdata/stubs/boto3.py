"""Stands in for boto3 in the tests: the environment says what its clients answer, and from when on.

ANSWERS is {"cloudwatch.describe_alarms": [[SECONDS, ANSWER], ...]}: the last answer whose time has come counts, an
answer in the form {"raise": TEXT} is raised. SECONDS are of the tests' clock, ASKED collects what was asked.
"""

import json
import os
import time
from collections.abc import Callable
from typing import Any

from botocore.config import Config

ASKED: list[dict[str, Any]] = []


class Client:
    def __init__(self, service: str) -> None:
        self.service = service

    def __getattr__(self, name: str) -> Callable[..., dict[str, Any]]:
        def operation(**asked: Any) -> dict[str, Any]:
            ASKED.append({"operation": f"{self.service}.{name}", **asked})
            answers = json.loads(os.environ["ANSWERS"])[f"{self.service}.{name}"]
            due = [answer for begins, answer in answers if begins <= time.time()]
            if "raise" in due[-1]:
                raise RuntimeError(due[-1]["raise"])
            found: dict[str, Any] = due[-1]
            return found

        return operation


def client(service: str, config: Config | None = None) -> Client:
    return Client(service)
