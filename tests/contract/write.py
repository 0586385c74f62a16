"""Write the cases anew: `python -m tests.contract.write`."""

import os
import sys
from pathlib import Path

import pytest

if __name__ == "__main__":
    os.environ["WRITE_CONTRACT"] = "1"
    sys.exit(pytest.main(["-q", str(Path(__file__).parent)]))
