"""Runs handlers for the tests as Lambda would, on a clock that the tests hold. One JSON object a line, in and out.

{"load": NAME, "file": PATH, "environment": {...}}  a new function, or the same one anew: what it remembered is gone
{"call": NAME, "now": SECONDS, "timeout": SECONDS, "event": JSON text}
    {"answer": JSON text or null, "took": SECONDS, "error": text}
"""

import importlib.util
import json
import os
import sys
import time
from time import perf_counter
from types import ModuleType
from typing import Any


class Clock:
    """Stands still while code runs, and jumps when it sleeps. With CLOCK=real it also runs on, as for requests."""

    def __init__(self) -> None:
        self.now, self.began = 0.0, perf_counter()

    def time(self) -> float:
        ran = perf_counter() - self.began if os.environ.get("CLOCK") == "real" else 0.0
        return self.now + ran

    def sleep(self, seconds: float) -> None:
        self.now += seconds


class Context:
    """What Lambda tells a call of its time."""

    def __init__(self, clock: Clock, end: float) -> None:
        self.clock, self.end = clock, end

    def get_remaining_time_in_millis(self) -> int:
        return int((self.end - self.clock.time()) * 1000)


def load(name: str, file: str) -> ModuleType:
    sys.modules.pop("lifecycle", None)  # what it remembers is the function's own
    spec = importlib.util.spec_from_file_location(name, file)
    if spec is None or spec.loader is None:
        raise ImportError(file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def call(module: ModuleType, clock: Clock, request: dict[str, Any]) -> dict[str, Any]:
    clock.now, clock.began = request["now"], perf_counter()
    context = Context(clock, request["now"] + request["timeout"])
    try:
        answer = json.dumps(module.lambda_handler(json.loads(request["event"]), context), allow_nan=False)
        return {"answer": answer, "took": clock.time() - request["now"], "error": ""}
    except Exception as error:  # what Lambda reports as a function error
        return {"answer": None, "took": clock.time() - request["now"], "error": f"{type(error).__name__}: {error}"}


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
