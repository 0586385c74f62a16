"""`make reset`: ends what runs in VAR, and clears it. Only the standard library."""

import os
import shutil
import subprocess
import sys

from config import embedded, leftovers, unprivileged


def main() -> None:
    """End and clear this VAR and, below it, those of tests and checks."""
    for part in ("test", "check"):
        if (embedded.VAR / part).exists():
            again = {**os.environ, "VAR_DIR": str(embedded.VAR / part)}
            subprocess.run([sys.executable, "-m", "config.reset"], env=again, check=True)
    leftovers.end()
    embedded.stop_redis()
    embedded.stop_postgres()
    # A wrong VAR_DIR must not cost somebody a folder that was never ours.
    if embedded.VAR.exists() and not (embedded.VAR / "log").exists():
        raise SystemExit(f"{embedded.VAR} does not look like Madoguchi's: clear it yourself if you are sure.")
    for folder in (embedded.socket_folder(), unprivileged.home(embedded.VAR), embedded.VAR):
        shutil.rmtree(folder, ignore_errors=True)
    sys.stdout.write(f"  ✓ {embedded.VAR} is cleared\n")


if __name__ == "__main__":
    main()
