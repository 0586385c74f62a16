"""The two ports of `make run`, and the plain word when one is taken. Only the standard library."""

import os
import socket

PORT = int(os.environ.get("PORT") or 8000)
# `make run` offers one-click sign-in: nobody but this machine may reach it unless it is said so.
HOST = os.environ.get("HOST") or "127.0.0.1"
SIMULATOR_PORT = int(os.environ.get("SIMULATOR_PORT") or PORT + 1)


def refuse_taken() -> None:
    """Raises SystemExit, in one line, when another program listens on one of the ports."""
    for name, port in (("PORT", PORT), ("SIMULATOR_PORT", SIMULATOR_PORT)):
        if is_taken(port):
            raise SystemExit(f"Port {port} is taken by another program. Choose another: {name}={port + 10} make run")


def is_taken(port: int) -> bool:
    """Whether somebody listens on the port, on any address."""
    with socket.socket() as listener:
        # As the server itself will: a port whose last connections are still closing is free.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("0.0.0.0", port))  # noqa: S104 - taken on one address is taken
            listener.listen(1)
        except OSError:
            return True
    return False
