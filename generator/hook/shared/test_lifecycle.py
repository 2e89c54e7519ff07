"""What the hooks have in common, beside what the wait hook's tests show of it."""

import os
import unittest
from typing import Any
from unittest import mock

import lifecycle

CALL = lifecycle.Call("POST_SCALE_UP", "arn:deployment", "arn:green", None, {})


class Looks:
    """A look that answers from a list, and notes what it was asked."""

    def __init__(self, *answers: str | None | Exception) -> None:
        self.answers = list(answers)
        self.asked: list[tuple[float, float, bool]] = []

    def __call__(self, since: float, now: float, last: bool) -> str | None:
        self.asked.append((since, now, last))
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


class HoldTest(unittest.TestCase):
    def setUp(self) -> None:
        lifecycle.held.clear()
        self.now = 1_000.0
        patches: list[Any] = [
            mock.patch.dict(os.environ, {"WAIT_SECONDS": "60", "WAIT_MODE": "poll"}, clear=True),
            mock.patch("time.time", lambda: self.now),
            mock.patch("time.sleep", self.sleep),
        ]
        for patch in patches:
            patch.start()
            self.addCleanup(patch.stop)
        lifecycle.logger.disabled = True
        self.addCleanup(setattr, lifecycle.logger, "disabled", False)

    def sleep(self, seconds: float) -> None:
        self.now += seconds

    def test_polls_until_the_time_is_over(self) -> None:
        looks = Looks(None, None, None)
        for passed, status in ((0, "IN_PROGRESS"), (59, "IN_PROGRESS"), (60, "SUCCEEDED")):
            self.now = 1_000 + passed
            self.assertEqual(status, lifecycle.hold(CALL, looks)["hookStatus"])
        self.assertEqual([(1_000, 1_000, False), (1_000, 1_059, False), (1_000, 1_060, True)], looks.asked)

    def test_sleeps_between_looks(self) -> None:
        looks = Looks(None, None, None)
        with mock.patch.dict(os.environ, WAIT_MODE="sleep"):
            self.assertEqual(lifecycle.succeeded(), lifecycle.hold(CALL, looks))
        self.assertEqual([1_000, 1_030, 1_060], [now for _, now, _ in looks.asked])

    def test_problem_fails_and_is_forgotten(self) -> None:
        self.assertEqual(lifecycle.failed("ill"), lifecycle.hold(CALL, Looks("ill")))
        self.assertEqual({}, lifecycle.held)

    def test_problem_begins_anew_while_it_settles(self) -> None:
        looks = Looks("ill", None, "ill")
        answer = lifecycle.hold(CALL, looks, settle=30)
        self.assertEqual((1_000, 1_060), (answer["hookDetails"]["waitBegan"], answer["hookDetails"]["waitUntil"]))
        self.now += 29
        self.assertEqual("IN_PROGRESS", lifecycle.hold(CALL, looks, settle=30)["hookStatus"])
        self.now += 1
        self.assertEqual("FAILED", lifecycle.hold(CALL, looks, settle=30)["hookStatus"])

    def test_time_counts_from_the_last_problem(self) -> None:
        looks = Looks("ill", "ill", None, None)
        lifecycle.hold(CALL, looks, settle=30)
        self.now += 20
        self.assertEqual(1_080, lifecycle.hold(CALL, looks, settle=30)["hookDetails"]["waitUntil"])
        self.now = 1_079
        self.assertEqual("IN_PROGRESS", lifecycle.hold(CALL, looks, settle=30)["hookStatus"])
        self.now = 1_080
        self.assertEqual("SUCCEEDED", lifecycle.hold(CALL, looks, settle=30)["hookStatus"])
        self.assertEqual(1_020, looks.asked[-1][0])

    def test_look_that_fails_is_passed_over_but_not_the_last(self) -> None:
        looks = Looks(OSError("away"), OSError("away"))
        self.assertEqual("IN_PROGRESS", lifecycle.hold(CALL, looks)["hookStatus"])
        self.now += 60
        with self.assertRaisesRegex(OSError, "away"):
            lifecycle.hold(CALL, looks)

    def test_began_in_hook_details(self) -> None:
        details = lifecycle.hold(CALL, Looks("ill"), settle=30)["hookDetails"]
        lifecycle.held.clear()  # another instance of the function
        self.now += 31
        again = lifecycle.Call(CALL.stage, CALL.deployment, CALL.target, CALL.weight, details)
        self.assertEqual("FAILED", lifecycle.hold(again, Looks("ill"), settle=30)["hookStatus"])


class AnswerTest(unittest.TestCase):
    def test_work_is_spared_on_the_way_back(self) -> None:
        event = {
            "lifecycleStage": "TEST_TRAFFIC_SHIFT",
            "executionDetails": {"targetServiceRevisionArn": "arn:green", "testTrafficWeights": {"arn:green": 0}},
        }
        work = mock.Mock(return_value=lifecycle.failed("no"))
        self.assertEqual(lifecycle.succeeded(), lifecycle.answer(event, None, work))
        work.assert_not_called()
        self.assertEqual(lifecycle.failed("no"), lifecycle.answer({"lifecycleStage": "PRE_SCALE_UP"}, None, work))

    def test_reason_is_short(self) -> None:
        self.assertEqual(lifecycle.MAX_REASON, len(lifecycle.failed("x" * 10_000)["reason"]))


if __name__ == "__main__":
    unittest.main()
