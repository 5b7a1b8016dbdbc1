"""Arguments of the shop's commands; a mistake is told in one sentence, with exit code 2."""

import argparse
from collections.abc import Callable
from typing import NoReturn


class Arguments(argparse.ArgumentParser):
    """An argument parser that does not repeat its usage at every mistake."""

    def error(self, message: str) -> NoReturn:
        """Exit with code 2 and one sentence on standard error."""
        self.exit(2, f"{self.prog}: {message}\n")


def between(low: int, high: int) -> Callable[[str], int]:
    """An integer within these bounds, both included."""

    def number(text: str) -> int:
        if not text.isdecimal() or not low <= int(text) <= high:
            raise argparse.ArgumentTypeError(f"{text!r}: expected an integer from {low} to {high}")
        return int(text)

    return number
