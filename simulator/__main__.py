"""`python -m simulator --port 8001 [--host H] [--channels FILE] [--data DIR] [--seed N]`."""

import argparse
import os
from pathlib import Path

from aiohttp import web

from simulator.platform import Platform
from simulator.server import create_app


def arguments() -> argparse.Namespace:
    """What the command line says; the file of channels may come from SIMULATOR_CHANNELS, too."""
    parser = argparse.ArgumentParser(prog="simulator", description="A LINE platform for development and training")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8001)
    parser.add_argument("--channels", type=Path, default=os.environ.get("SIMULATOR_CHANNELS"))
    parser.add_argument("--data", type=Path, help="folder whose simulator.json holds the channels")
    parser.add_argument("--seed", type=int)
    return parser.parse_args()


def main() -> None:
    """Serve until interrupted."""
    given = arguments()
    channels = given.channels or (given.data / "simulator.json" if given.data else None)
    app = create_app(Platform(seed=given.seed), Path(channels) if channels else None)
    print(f"LINE simulator: http://{given.host}:{given.port}/", flush=True)
    web.run_app(app, host=given.host, port=given.port, access_log=None, print=None, shutdown_timeout=1)


if __name__ == "__main__":
    main()
