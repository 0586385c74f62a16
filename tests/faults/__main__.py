"""The long form: `python -m tests.faults --rounds 500` (the short form, in `make test`, makes 10)."""

import argparse
import os
import sys
from pathlib import Path

import pytest


def main() -> int:
    """Run every fault so many rounds."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--rounds", type=int, default=100, help="how often each fault is made")
    os.environ["FAULT_ROUNDS"] = str(parser.parse_args().rounds)
    return int(pytest.main(["-q", str(Path(__file__).parent)]))


if __name__ == "__main__":
    sys.exit(main())
