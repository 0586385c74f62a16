"""Root may not run PostgreSQL: which account does, and where that account can read and write."""

import hashlib
import os
import pwd
import shutil
import stat
import tempfile
from pathlib import Path

# Outside the project, because an ordinary account often cannot look below root's own folders.
SYSTEM_FOLDER = Path("/var/lib/madoguchi")


def account() -> pwd.struct_passwd | None:
    """The account that runs the embedded servers for root; None when we are not root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise SystemExit("PostgreSQL refuses root, and this machine has neither a postgres nor a nobody account.")


def fingerprint(path: Path) -> str:
    """Ten letters that stand for a path, for names that must be short and never collide."""
    return hashlib.sha256(str(path).encode()).hexdigest()[:10]


def reachable(path: Path, by: pwd.struct_passwd) -> bool:
    """Whether the account may walk down every folder above `path` that exists."""
    return all(_may_enter(folder, by) for folder in path.parents if folder.exists())


def _may_enter(folder: Path, by: pwd.struct_passwd) -> bool:
    found = folder.stat()
    if found.st_uid == by.pw_uid:
        return bool(found.st_mode & stat.S_IXUSR)
    if found.st_gid == by.pw_gid:
        return bool(found.st_mode & stat.S_IXGRP)
    return bool(found.st_mode & stat.S_IXOTH)


def home(var: Path) -> Path:
    """The folder for the servers' files: VAR itself, unless root's account cannot get there."""
    who = account()
    if who is None or reachable(var / "any", who):
        return var
    return SYSTEM_FOLDER / fingerprint(var)


def own_folder(path: Path) -> Path:
    """Make a folder that only the servers' account (and root) may enter; refuse somebody else's."""
    who = account()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.mkdir(mode=0o700, exist_ok=True)
    found = path.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {
        os.geteuid(),
        who.pw_uid if who else os.geteuid(),
    }:
        raise SystemExit(f"{path} belongs to somebody else. Remove it, or set VAR_DIR to a folder of your own.")
    if who is not None:
        os.chown(path, who.pw_uid, who.pw_gid)
    return path


def readable_copy(folder: Path, program: Path) -> Path:
    """`folder` if the servers' account can run `program` in it, otherwise a copy that it can."""
    who = account()
    if who is None or (reachable(program, who) and program.stat().st_mode & stat.S_IXOTH):
        return folder
    copy = SYSTEM_FOLDER / f"{folder.name}-{fingerprint(folder)}-{int(program.stat().st_mtime)}"
    if not copy.exists():
        SYSTEM_FOLDER.mkdir(parents=True, exist_ok=True)
        unfinished = Path(tempfile.mkdtemp(dir=SYSTEM_FOLDER))
        shutil.copytree(folder, unfinished, dirs_exist_ok=True)
        for path in (unfinished, *unfinished.rglob("*")):
            path.chmod(0o755)
        _move(unfinished, copy)
    return copy


def _move(unfinished: Path, copy: Path) -> None:
    try:
        unfinished.rename(copy)
    except OSError:  # another process was quicker
        shutil.rmtree(unfinished)


def become_account(folder: Path) -> None:
    """Give up root for good in this process, and stand in a folder the account may be in."""
    who = account()
    if who is not None:
        os.setgroups([])
        os.setgid(who.pw_gid)
        os.setuid(who.pw_uid)
        os.environ.update(HOME=str(folder), USER=who.pw_name, LOGNAME=who.pw_name)
    os.chdir(folder)
