"""What one call of the wait hook answers; package model's tests drive whole deployments."""

import json
import math
import os
import unittest
from typing import Any
from unittest import mock

import handler
import lifecycle

GREEN, BLUE = "arn:green", "arn:blue"


def event(stage: str = "POST_SCALE_UP", weight: Any = None, details: Any = None, **other: Any) -> dict[str, Any]:
    """An event as ECS sends it; weight is the new revision's at a stage that shifts."""
    weights = {} if weight is None else {GREEN: weight, BLUE: 1}
    execution: dict[str, Any] = {"serviceArn": "arn:service", "targetServiceRevisionArn": GREEN}
    execution["testTrafficWeights"] = weights if stage == "TEST_TRAFFIC_SHIFT" else {}
    execution["productionTrafficWeights"] = {} if stage == "TEST_TRAFFIC_SHIFT" else weights
    body = {"lifecycleStage": stage, "resourceArn": "arn:deployment", "executionDetails": execution, **other}
    return body if details is None else {**body, "hookDetails": details}


class HandlerTest(unittest.TestCase):
    def setUp(self) -> None:
        lifecycle.held.clear()
        self.now = 1_000.0
        self.slept: list[float] = []
        environment = {"WAIT_SECONDS": "60", "WAIT_MODE": "poll"}
        patches: list[Any] = [
            mock.patch.dict(os.environ, environment, clear=True),
            mock.patch("time.time", lambda: self.now),
            mock.patch("time.sleep", self.slept.append),
        ]
        for patch in patches:
            patch.start()
            self.addCleanup(patch.stop)
        lifecycle.logger.disabled = True
        self.addCleanup(setattr, lifecycle.logger, "disabled", False)

    def call(self, body: Any) -> dict[str, Any]:
        answer = handler.lambda_handler(body, None)
        json.dumps(answer, allow_nan=False)
        return answer

    def status(self, body: Any) -> str:
        return str(self.call(body)["hookStatus"])


class Polling(HandlerTest):
    def test_first_call_names_the_end(self) -> None:
        answer = self.call(event())
        self.assertEqual(("IN_PROGRESS", 30), (answer["hookStatus"], answer["callBackDelay"]))
        self.assertEqual(1_060, answer["hookDetails"]["waitUntil"])

    def test_callback_is_between_5_and_30_seconds(self) -> None:
        for wait, delay in (("1", 5), ("5", 5), ("5.5", 6), ("29.5", 30), ("86400", 30)):
            with self.subTest(wait), mock.patch.dict(os.environ, WAIT_SECONDS=wait):
                lifecycle.held.clear()
                self.assertEqual(delay, self.call(event())["callBackDelay"])

    def test_end_travels_in_hook_details(self) -> None:
        details = self.call(event())["hookDetails"]
        for elapsed, status in ((0, "IN_PROGRESS"), (59.9, "IN_PROGRESS"), (60, "SUCCEEDED"), (999, "SUCCEEDED")):
            with self.subTest(elapsed):
                lifecycle.held.clear()  # another instance of the function
                self.now = 1_000 + elapsed
                self.assertEqual(status, self.status(event(details=details)))

    def test_end_is_remembered(self) -> None:
        for elapsed, status in ((0, "IN_PROGRESS"), (59.9, "IN_PROGRESS"), (60, "SUCCEEDED")):
            self.now = 1_000 + elapsed
            self.assertEqual(status, self.status(event()))

    def test_both_lost_begins_again(self) -> None:
        self.call(event())
        lifecycle.held.clear()
        self.now += 60
        self.assertEqual("IN_PROGRESS", self.status(event()))

    def test_no_wait(self) -> None:
        with mock.patch.dict(os.environ, WAIT_SECONDS="0"):
            self.assertEqual("SUCCEEDED", self.status(event()))

    def test_each_deployment_stage_and_step_waits(self) -> None:
        first = event("PRODUCTION_TRAFFIC_SHIFT", 5)
        others = (
            event("PRODUCTION_TRAFFIC_SHIFT", 100),
            event("PRE_PRODUCTION_TRAFFIC_SHIFT", 5),
            event("POST_SCALE_UP"),
            {**first, "resourceArn": "arn:next-deployment"},
        )
        details = self.call(first)["hookDetails"]
        self.now += 60
        for other in others:
            with self.subTest(other["lifecycleStage"]):
                self.assertEqual("IN_PROGRESS", self.status({**other, "hookDetails": details}))
        self.assertEqual("SUCCEEDED", self.status({**first, "hookDetails": details}))

    def test_equal_weights_are_one_step(self) -> None:
        details = self.call(event("PRODUCTION_TRAFFIC_SHIFT", 5))["hookDetails"]
        lifecycle.held.clear()
        self.now += 60
        self.assertEqual("SUCCEEDED", self.status(event("PRODUCTION_TRAFFIC_SHIFT", "5.0", details)))

    def test_memory_is_bounded_and_drops_the_oldest(self) -> None:
        for number in range(1_000):
            self.call(event(resourceArn=f"arn:{number}"))
        self.assertEqual(lifecycle.MAX_REMEMBERED, len(lifecycle.held))
        self.now += 60
        self.assertEqual("SUCCEEDED", self.status(event(resourceArn="arn:999")))
        self.assertEqual("IN_PROGRESS", self.status(event(resourceArn="arn:0")))

    def test_done_is_forgotten(self) -> None:
        self.call(event())
        self.now += 60
        self.call(event())
        self.assertEqual({}, lifecycle.held)

    def test_deployment_without_a_name_is_not_remembered(self) -> None:
        for arn in (None, ""):
            self.call(event(resourceArn=arn))
            self.assertEqual({}, lifecycle.held)
        details = self.call(event(resourceArn=None))["hookDetails"]
        self.now += 60
        self.assertEqual("SUCCEEDED", self.status(event(resourceArn=None, details=details)))

    def test_clock_set_back_waits_its_length_at_most(self) -> None:
        details = self.call(event())["hookDetails"]
        self.now = 100
        answer = self.call(event(details=details))
        self.assertEqual(160, answer["hookDetails"]["waitUntil"])
        self.now = 160
        self.assertEqual("SUCCEEDED", self.status(event(details=answer["hookDetails"])))


class Rollback(HandlerTest):
    def test_succeeds_at_once(self) -> None:
        for stage in ("TEST_TRAFFIC_SHIFT", "PRODUCTION_TRAFFIC_SHIFT"):
            for zero in (0, 0.0, "0", "0.0"):
                for mode in ("poll", "sleep"):
                    with self.subTest(stage=stage, zero=zero), mock.patch.dict(os.environ, WAIT_MODE=mode):
                        self.assertEqual({"hookStatus": "SUCCEEDED"}, self.call(event(stage, zero)))
        self.assertEqual([], self.slept)

    def test_even_without_a_good_environment(self) -> None:
        with mock.patch.dict(os.environ, clear=True):
            self.assertEqual("SUCCEEDED", self.status(event("PRODUCTION_TRAFFIC_SHIFT", 0)))

    def test_weight_0_before_the_shift_is_no_rollback(self) -> None:
        self.assertEqual("IN_PROGRESS", self.status(event("PRE_PRODUCTION_TRAFFIC_SHIFT", 0)))

    def test_details_at_the_top(self) -> None:
        flat = event("PRODUCTION_TRAFFIC_SHIFT", 0)
        flat.update(flat.pop("executionDetails"))
        self.assertEqual("SUCCEEDED", self.status(flat))


class Sleeping(HandlerTest):
    def setUp(self) -> None:
        super().setUp()
        os.environ["WAIT_MODE"] = "sleep"

    def test_one_call(self) -> None:
        self.assertEqual({"hookStatus": "SUCCEEDED"}, self.call(event()))
        self.assertEqual([60], self.slept)
        self.assertEqual({}, lifecycle.held)

    def test_second_call_sleeps_what_is_left(self) -> None:
        with mock.patch("time.sleep", side_effect=TimeoutError("killed")):
            self.assertEqual("FAILED", self.status(event()))
        self.now += 45
        self.assertEqual("SUCCEEDED", self.status(event()))
        self.assertEqual([15], self.slept)


class Nonsense(HandlerTest):
    def test_event(self) -> None:
        bodies: list[Any] = [None, [], "x", 1, {}, {"lifecycleStage": None}, {"lifecycleStage": ["POST_SCALE_UP"]}]
        for body in bodies:
            with self.subTest(body):
                answer = self.call(body)
                self.assertEqual("FAILED", answer["hookStatus"])
                self.assertIn("lifecycleStage", answer["reason"])

    def test_environment(self) -> None:
        for name, value in (
            ("WAIT_SECONDS", "soon"),
            ("WAIT_SECONDS", ""),
            ("WAIT_SECONDS", "nan"),
            ("WAIT_SECONDS", "inf"),
            ("WAIT_SECONDS", "-1"),
            ("WAIT_MODE", "hover"),
        ):
            with self.subTest(f"{name}={value}"), mock.patch.dict(os.environ, {name: value}):
                answer = self.call(event())
                self.assertEqual("FAILED", answer["hookStatus"])
                self.assertIn(name, answer["reason"])

    def test_hook_details(self) -> None:
        step = self.call(event())["hookDetails"]["waitStep"]
        lifecycle.held.clear()
        ends: list[Any] = [None, True, "soon", [], {}, math.nan, math.inf, -math.inf, 10**400, "1e999"]
        nonsense: list[Any] = [None, [], "x", 1, {"waitStep": 7}]
        for details in nonsense + [{"waitStep": step, "waitUntil": end} for end in ends]:
            with self.subTest(details):
                lifecycle.held.clear()
                answer = self.call(event(details=details))
                self.assertEqual(1_060, answer["hookDetails"]["waitUntil"])

    def test_memory_stands_in_for_nonsense(self) -> None:
        step = self.call(event())["hookDetails"]["waitStep"]
        self.now += 60
        self.assertEqual("SUCCEEDED", self.status(event(details={"waitStep": step, "waitUntil": "soon"})))

    def test_end_as_text(self) -> None:
        step = self.call(event())["hookDetails"]["waitStep"]
        lifecycle.held.clear()
        self.assertEqual("SUCCEEDED", self.status(event(details={"waitStep": step, "waitUntil": "999"})))

    def test_execution_details(self) -> None:
        stage = "PRODUCTION_TRAFFIC_SHIFT"
        weights: list[Any] = [None, False, "none", [], math.nan]
        nonsense: list[Any] = [
            None,
            [],
            {},
            {"productionTrafficWeights": None},
            {"productionTrafficWeights": {GREEN: 0}},
            {"productionTrafficWeights": {GREEN: 0}, "targetServiceRevisionArn": [GREEN]},
            {"productionTrafficWeights": [0], "targetServiceRevisionArn": GREEN},
        ]
        for weight in weights:
            nonsense.append({"productionTrafficWeights": {GREEN: weight}, "targetServiceRevisionArn": GREEN})
        for execution in nonsense:
            with self.subTest(execution):
                self.assertEqual("IN_PROGRESS", self.status(event(stage, executionDetails=execution)))

    def test_reason_is_short(self) -> None:
        with mock.patch.dict(os.environ, WAIT_MODE="x" * 10_000):
            self.assertLessEqual(len(self.call(event())["reason"]), 500)


if __name__ == "__main__":
    unittest.main()
