"""What the metric hook asks CloudWatch and ECS; package model's tests drive whole deployments."""

import json
import os
import unittest
from datetime import datetime, timezone
from typing import Any
from unittest import mock

import boto3

import handler
import lifecycle

BALANCER = "arn:aws:elasticloadbalancing:eu-west-1:111122223333"
A, B = "targetgroup/orders-web-blue/1", "targetgroup/orders-web-green/2"
METRIC = {"namespace": "AWS/ApplicationELB", "metric_name": "RequestCount", "stat": "Sum", "dimensions": {"Zone": "a"}}
EVENT = {
    "lifecycleStage": "POST_TEST_TRAFFIC_SHIFT",
    "resourceArn": "arn:deployment",
    "executionDetails": {"targetServiceRevisionArn": "arn:revision"},
}


class Metric(unittest.TestCase):
    def setUp(self) -> None:
        lifecycle.held.clear()
        boto3.ASKED.clear()
        lifecycle.logger.disabled = True
        self.addCleanup(setattr, lifecycle.logger, "disabled", False)

    def call(self, answer: Any, event: Any = None, live: str = A, **environment: str) -> dict[str, Any]:
        revision = {"resolvedConfiguration": {"loadBalancers": [{"targetGroupArn": f"{BALANCER}:{live}"}]}}
        answers = {
            "cloudwatch.get_metric_data": [[0, answer]],
            "ecs.describe_service_revisions": [[0, {"serviceRevisions": [revision]}]],
        }
        told = {
            "METRICS": json.dumps({"g": {**METRIC, "target_group": "green"}, "b": {**METRIC, "target_group": "blue"}}),
            "EXPRESSION": "g - b", "THRESHOLD": "1", "COMPARISON_OPERATOR": "GreaterThanThreshold",
            "DATAPOINTS_TO_ALARM": "1", "TARGET_GROUPS": json.dumps([A, B]), "WAIT_SECONDS": "60",
            "LOAD_BALANCER": "app/shared/50dc", "ANSWERS": json.dumps(answers), **environment,
        }
        with mock.patch.dict(os.environ, told, clear=True), mock.patch("time.time", lambda: 1_000.5):
            return handler.lambda_handler(event or EVENT, None)

    def asked(self) -> dict[str, Any]:
        return next(asked for asked in boto3.ASKED if asked["operation"] == "cloudwatch.get_metric_data")

    def test_green_is_the_group_of_the_new_revision(self) -> None:
        for live, other in ((A, B), (B, A)):
            with self.subTest(live):
                boto3.ASKED.clear()
                self.call({"MetricDataResults": [{"Values": [0]}]}, live=live)
                self.assertEqual(["arn:revision"], boto3.ASKED[0]["serviceRevisionArns"])
                groups = {}
                for query in self.asked()["MetricDataQueries"][:2]:
                    dimensions = {d["Name"]: d["Value"] for d in query["MetricStat"]["Metric"]["Dimensions"]}
                    self.assertEqual(("app/shared/50dc", "a"), (dimensions["LoadBalancer"], dimensions["Zone"]))
                    groups[query["Id"]] = dimensions["TargetGroup"]
                self.assertEqual({"g": live, "b": other}, groups)

    def test_only_the_expression_is_returned(self) -> None:
        self.call({"MetricDataResults": [{"Values": [0]}]})
        asked = self.asked()
        self.assertEqual({"Id": "result", "Expression": "g - b", "ReturnData": True}, asked["MetricDataQueries"][-1])
        self.assertEqual([False, False, True], [query["ReturnData"] for query in asked["MetricDataQueries"]])
        statistics = [query["MetricStat"] for query in asked["MetricDataQueries"][:2]]
        self.assertEqual([("Sum", 60)] * 2, [(statistic["Stat"], statistic["Period"]) for statistic in statistics])

    def test_time_is_whole_minutes_and_utc(self) -> None:
        self.call({"MetricDataResults": [{"Values": [0]}]})
        self.assertEqual(datetime(1970, 1, 1, 0, 16, tzinfo=timezone.utc), self.asked()["StartTime"])
        self.assertEqual(datetime.fromtimestamp(1_000.5, timezone.utc), self.asked()["EndTime"])

    def test_comparison(self) -> None:
        for operator, value, status in (
            ("GreaterThanThreshold", 1, "IN_PROGRESS"), ("GreaterThanThreshold", 1.1, "FAILED"),
            ("GreaterThanOrEqualToThreshold", 1, "FAILED"), ("GreaterThanOrEqualToThreshold", 0.9, "IN_PROGRESS"),
            ("LessThanThreshold", 1, "IN_PROGRESS"), ("LessThanThreshold", 0.9, "FAILED"),
            ("LessThanOrEqualToThreshold", 1, "FAILED"), ("LessThanOrEqualToThreshold", 1.1, "IN_PROGRESS"),
        ):
            with self.subTest(f"{value} {operator} 1"):
                answer = {"MetricDataResults": [{"Values": [value]}]}
                self.assertEqual(status, self.call(answer, COMPARISON_OPERATOR=operator)["hookStatus"])

    def test_pages(self) -> None:
        client = mock.Mock()
        client.get_metric_data.side_effect = [
            {"MetricDataResults": [{"Values": [1.0]}], "NextToken": "more"},
            {"MetricDataResults": [{"Values": [2.0]}]},
        ]
        self.assertEqual([1.0, 2.0], handler._values(client, [], 0, 60))
        self.assertEqual("more", client.get_metric_data.call_args_list[1].kwargs["NextToken"])

    def test_result_that_is_none(self) -> None:
        client = mock.Mock()
        client.get_metric_data.return_value = {"MetricDataResults": [{"Values": [], "StatusCode": "Forbidden"}]}
        with self.assertRaisesRegex(RuntimeError, "Forbidden"):
            handler._values(client, [], 0, 60)

    def test_settings_and_events_that_make_no_sense(self) -> None:
        answer = {"MetricDataResults": [{"Values": [0]}]}
        for told in (
            {"METRICS": "{"}, {"COMPARISON_OPERATOR": "Above"}, {"THRESHOLD": "much"}, {"WAIT_SECONDS": "nan"},
        ):
            with self.subTest(told):
                self.assertEqual("FAILED", self.call(answer, **told)["hookStatus"])
        nameless = self.call(answer, event={"lifecycleStage": "PRE_SCALE_UP"})
        self.assertIn("does not name the new revision", nameless["reason"])


if __name__ == "__main__":
    unittest.main()
