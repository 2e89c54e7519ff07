"""Runs handlers for the tests as Lambda would, on a clock that the tests hold. One JSON object a line, in and out.

{"load": NAME, "file": PATH, "environment": {...}}  a new function, or the same one anew: what it remembered is gone
{"call": NAME, "now": SECONDS, "event": JSON text}  {"answer": JSON text or null, "took": SECONDS, "error": text}
"""

import importlib.util
import json
import os
import sys
import time
from types import ModuleType
from typing import Any


class Clock:
    """Stands still while code runs, and jumps when it sleeps."""

    def __init__(self) -> None:
        self.now = 0.0

    def time(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def load(name: str, file: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, file)
    if spec is None or spec.loader is None:
        raise ImportError(file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def call(module: ModuleType, clock: Clock, request: dict[str, Any]) -> dict[str, Any]:
    clock.now = request["now"]
    try:
        answer = json.dumps(module.lambda_handler(json.loads(request["event"]), None), allow_nan=False)
        return {"answer": answer, "took": clock.now - request["now"], "error": ""}
    except Exception as error:  # what Lambda reports as a function error
        return {"answer": None, "took": clock.now - request["now"], "error": f"{type(error).__name__}: {error}"}


def main() -> None:
    clock = Clock()
    setattr(time, "time", clock.time)
    setattr(time, "monotonic", clock.time)
    setattr(time, "sleep", clock.sleep)
    functions: dict[str, ModuleType] = {}
    environments: dict[str, dict[str, str]] = {}
    for line in sys.stdin:
        request = json.loads(line)
        if "load" in request:
            name = request["load"]
            environments[name] = request["environment"]
            functions[name] = load(name, request["file"])
            answer: dict[str, Any] = {"answer": None, "took": 0, "error": ""}
        else:
            os.environ.clear()
            os.environ.update(environments[request["call"]])
            answer = call(functions[request["call"]], clock, request)
        print(json.dumps(answer), flush=True)


main()
