"""A team's own hook, for the tests: it asks the new revision whether it is well, and CHECK says what comes of it."""

import os
import time
from typing import Any


def lambda_handler(event: dict[str, Any], context: object) -> object:
    stage = event["lifecycleStage"]
    details = event["executionDetails"]
    weights = {**details["testTrafficWeights"], **details["productionTrafficWeights"]}
    if stage.endswith("TRAFFIC_SHIFT") and weights.get(details["targetServiceRevisionArn"]) == 0:
        if not stage.startswith("PRE_"):
            return {"hookStatus": os.environ.get("ON_ROLLBACK", "SUCCEEDED")}
    return check(os.environ["CHECK"], event.get("hookDetails") or {})


def check(outcome: str, details: dict[str, Any]) -> object:
    if outcome == "well":
        return {"hookStatus": "SUCCEEDED"}
    if outcome == "ill":
        return {"hookStatus": "FAILED", "reason": "503 from /healthcheck"}
    if outcome == "third-try":
        tries = int(details.get("tries", 0)) + 1
        if tries >= 3:
            return {"hookStatus": "SUCCEEDED"}
        return {"hookStatus": "IN_PROGRESS", "callBackDelay": 60, "hookDetails": {"tries": tries}}
    if outcome == "raises":
        raise ConnectionError("no route to host")
    if outcome == "slow":
        time.sleep(61)
        return {"hookStatus": "SUCCEEDED"}
    if outcome == "nothing":
        return None
    if outcome == "not-json":
        return {"hookStatus": "SUCCEEDED", "at": object()}
    return {"status": "ok"}
