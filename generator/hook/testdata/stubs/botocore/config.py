"""Stands in for botocore.config in the tests."""

from typing import Any


class Config:
    def __init__(self, **options: Any) -> None:
        self.options = options
