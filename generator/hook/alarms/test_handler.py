"""What the alarms hook asks CloudWatch; package model's tests drive whole deployments."""

import json
import os
import unittest
from typing import Any
from unittest import mock

import boto3

import handler
import lifecycle

EVENT = {"lifecycleStage": "POST_TEST_TRAFFIC_SHIFT", "resourceArn": "arn:deployment"}


class Alarms(unittest.TestCase):
    def setUp(self) -> None:
        lifecycle.held.clear()
        boto3.ASKED.clear()
        lifecycle.logger.disabled = True
        self.addCleanup(setattr, lifecycle.logger, "disabled", False)

    def call(self, states: dict[str, str], names: list[str], **environment: str) -> dict[str, Any]:
        alarms = [{"AlarmName": name, "StateValue": state} for name, state in states.items()]
        answers = {"cloudwatch.describe_alarms": [[0, {"MetricAlarms": alarms}]]}
        told = {
            "ALARMS": json.dumps(names), "SETTLE_SECONDS": "0", "WAIT_SECONDS": "60", "ANSWERS": json.dumps(answers),
            **environment,
        }
        with mock.patch.dict(os.environ, told, clear=True):
            return handler.lambda_handler(EVENT, None)

    def test_asks_for_its_alarms_alone(self) -> None:
        self.assertEqual("IN_PROGRESS", self.call({"a": "OK"}, ["a"])["hookStatus"])
        self.assertEqual([{
            "operation": "cloudwatch.describe_alarms",
            "AlarmNames": ["a"], "AlarmTypes": ["MetricAlarm"], "MaxRecords": 100,
        }], boto3.ASKED)

    def test_asks_a_hundred_at_a_time(self) -> None:
        names = [f"alarm-{number}" for number in range(250)]
        answer = self.call({name: "OK" for name in names}, names)
        self.assertEqual("IN_PROGRESS", answer["hookStatus"])
        self.assertEqual([100, 100, 50], [len(asked["AlarmNames"]) for asked in boto3.ASKED])

    def test_names_every_alarm_that_is_ill(self) -> None:
        states = {"a": "ALARM", "b": "OK", "c": "INSUFFICIENT_DATA"}
        self.assertEqual("a is in ALARM", self.call(states, ["a", "b", "c"])["reason"])
        answer = self.call(states, ["a", "b", "c"], INSUFFICIENT_DATA="alarm")
        self.assertEqual("a is in ALARM; c is in INSUFFICIENT_DATA", answer["reason"])

    def test_settings_that_make_no_sense(self) -> None:
        for told in (
            {"ALARMS": "[]"}, {"ALARMS": "{"}, {"ALARMS": '"a"'}, {"SETTLE_SECONDS": "soon"}, {"WAIT_SECONDS": ""},
        ):
            with self.subTest(told):
                self.assertEqual("FAILED", self.call({"a": "OK"}, ["a"], **told)["hookStatus"])


if __name__ == "__main__":
    unittest.main()
