"""A program of the terminal to drive: for the tests of the editors that live there. Needs tmux."""

import os
import pathlib
import re
import shlex
import shutil
import subprocess
import tempfile
import time

SECONDS = 25
SEED = pathlib.Path(__file__).resolve().parent / "../seeds/jiaozuo-daily-2020-02.txt"
ENVIRONMENT = {"TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "LANG": "zh_CN.UTF-8"}


class Terminal:
    """A program in tmux: keys go in, a screen comes out."""

    def __init__(self, command, folder, environment, columns=120, rows=32):
        configuration = folder / "tmux.conf"
        configuration.write_text("set -g default-terminal tmux-256color\nset -g status off\nset -s escape-time 0\n")
        self.tmux = ["tmux", "-u", "-L", f"jiaodui-{os.getpid()}", "-f", str(configuration)]
        new = ["new-session", "-d", "-x", str(columns), "-y", str(rows), "-c", str(folder), shlex.join(command)]
        subprocess.run([*self.tmux, *new], env={**os.environ, **environment}, check=True, timeout=20)

    def keys(self, *keys):
        for it in keys:
            subprocess.run([*self.tmux, "send-keys", it], check=True, timeout=20)
            time.sleep(0.15)

    def text(self, text):
        subprocess.run([*self.tmux, "send-keys", "-l", text], check=True, timeout=20)
        time.sleep(0.3)

    def command(self, text):
        self.keys("Escape")
        self.text(text)
        self.keys("Enter")

    def screen(self):
        return subprocess.run([*self.tmux, "capture-pane", "-p"], capture_output=True, text=True, timeout=20).stdout

    def wait(self, pattern, seconds=SECONDS):
        """The match of `pattern` on the screen, once there is one."""
        end = time.monotonic() + seconds
        while True:
            found = re.search(pattern, self.screen(), re.S)
            if found or time.monotonic() > end:
                return found
            time.sleep(0.1)

    def close(self):
        subprocess.run([*self.tmux, "kill-server"], capture_output=True, timeout=20)


class Checks:
    """What held and what did not."""

    def __init__(self):
        self.passed = self.failed = 0

    def __call__(self, holds, what):
        self.passed, self.failed = (self.passed + 1, self.failed) if holds else (self.passed, self.failed + 1)
        print(("ok     " if holds else "FAILED ") + what, flush=True)


def on_disk(page, condition, seconds=SECONDS):
    end = time.monotonic() + seconds
    while not (found := condition(page.read_text(encoding="utf-8"))) and time.monotonic() < end:
        time.sleep(0.1)
    return found


def run(set_up, tests):
    """In a folder of its own, with the seed page in it: what `set_up(folder, page)` returns, a command and variables of
    its environment, runs in a terminal, and `tests(terminal, check, page)` there. Ends the process with 0 when all held."""
    folder = pathlib.Path(tempfile.mkdtemp())
    page = folder / "page.txt"
    shutil.copy(SEED, page)
    command, environment = set_up(folder, page)
    check = Checks()
    terminal = Terminal(command, folder, {**ENVIRONMENT, **environment})
    try:
        tests(terminal, check, page)
    except Exception as error:
        check(False, repr(error))
    finally:
        if check.failed:
            print(terminal.screen())
        terminal.close()
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{check.passed} passed, {check.failed} failed")
    raise SystemExit(check.failed > 0)
