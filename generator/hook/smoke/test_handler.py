"""How the smoke hook judges one answer; package model's tests send requests to servers that run."""

import http.client
import json
import os
import time
import unittest
from email.message import Message
from typing import Any
from unittest import mock

import handler
import lifecycle

REQUEST: dict[str, Any] = {
    "method": "GET", "path": "/", "headers": {}, "body": "", "status": [200, 204], "contains": "well",
    "latency_ms": 500, "repeat": 1,
}


def response(status: int = 200, server: str = "") -> Any:
    headers = Message()
    if server:
        headers["Server"] = server
    return mock.Mock(spec=http.client.HTTPResponse, status=status, headers=headers)


class Judge(unittest.TestCase):
    def setUp(self) -> None:
        lifecycle.logger.disabled = True
        self.addCleanup(setattr, lifecycle.logger, "disabled", False)

    def judge(
        self, answer: Any, text: str = "all is well", took: float = 0.1, stage: str = "POST_TEST_TRAFFIC_SHIFT"
    ) -> Any:
        return handler._judge(REQUEST, answer, text, took, stage)

    def test_well(self) -> None:
        for status in (200, 204):
            self.assertIsNone(self.judge(response(status)))

    def test_latency(self) -> None:
        self.assertIsNone(self.judge(response(), took=0.5))
        self.assertEqual("the answer took 501 ms, not 500 at most", self.judge(response(), took=0.501))

    def test_status_comes_before_the_text(self) -> None:
        self.assertEqual("status 500, not 200 or 204; the answer begins 'ill'", self.judge(response(500), "ill"))
        self.assertEqual("the answer lacks 'well'; it begins 'ill'", self.judge(response(), "ill"))

    def test_long_answers_are_cut(self) -> None:
        self.assertLess(len(self.judge(response(), "x" * 10_000)), 200)

    def test_unserved_is_the_balancers_503_before_test_traffic(self) -> None:
        for stage, status, server, passes in (
            ("PRE_SCALE_UP", 503, "awselb/2.0", True),
            ("PRE_SCALE_UP", 503, "nginx", False),
            ("PRE_SCALE_UP", 503, "", False),
            ("PRE_SCALE_UP", 502, "awselb/2.0", False),
            ("POST_TEST_TRAFFIC_SHIFT", 503, "awselb/2.0", False),
        ):
            with self.subTest(f"{stage} {status} {server}"):
                self.assertEqual(passes, self.judge(response(status, server), "", stage=stage) is None)


class Time(unittest.TestCase):
    def test_no_request_when_the_time_is_over(self) -> None:
        context = mock.Mock()
        context.get_remaining_time_in_millis.return_value = handler.SPARE_SECONDS * 1000
        told = {"URL": "http://127.0.0.1:1", "HOST": "host", "REQUESTS": json.dumps([{**REQUEST, "repeat": 3}])}
        with mock.patch.dict(os.environ, told, clear=True):
            answer = handler.lambda_handler({"lifecycleStage": "POST_TEST_TRAFFIC_SHIFT"}, context)
        self.assertEqual(lifecycle.failed("the function's time is over after 0 of 3 requests"), answer)


class Connect(unittest.TestCase):
    def test_addresses(self) -> None:
        for url, address in (
            ("http://a.example", ("a.example", 80)),
            ("http://a.example:8080", ("a.example", 8080)),
        ):
            with self.subTest(url), mock.patch("socket.create_connection") as create:
                handler._connect(url, "host", time.monotonic() + 5)
                self.assertEqual(address, create.call_args.args[0])
                self.assertLessEqual(create.call_args.args[1], 5)

    def test_certificate_is_the_hosts_without_its_port(self) -> None:
        with mock.patch("socket.create_connection") as create, mock.patch("ssl.create_default_context") as context:
            handler._connect("https://internal.example", "orders.example.com:8443", time.monotonic() + 5)
            self.assertEqual(("internal.example", 443), create.call_args.args[0])
            self.assertEqual("orders.example.com", context.return_value.wrap_socket.call_args.kwargs["server_hostname"])


if __name__ == "__main__":
    unittest.main()
