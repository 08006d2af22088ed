#!/usr/bin/env python3
"""The seed page in a real Helix, in a terminal of its own:  test.py HX...    (the program, and what comes before files)

Needs tmux; runs the `jiaodui` on PATH with the configuration beside this file. Exit code 0 when every check holds."""

import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
SEED = HERE / "../../seeds/jiaozuo-daily-2020-02.txt"
SECONDS = 25


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


passed = failed = 0


def check(holds, what):
    global passed, failed
    passed, failed = (passed + 1, failed) if holds else (passed, failed + 1)
    print(("ok     " if holds else "FAILED ") + what, flush=True)


def on_disk(page, condition, seconds=SECONDS):
    end = time.monotonic() + seconds
    while not (found := condition(page.read_text(encoding="utf-8"))) and time.monotonic() < end:
        time.sleep(0.1)
    return found


def tests(terminal, page):
    seed = page.read_text(encoding="utf-8")
    line = seed.split("\n").index("2016 年，王晋豫等人响") + 1
    check(terminal.wait("王晋豫.{1,3}(被行尾切断|is cut)"), "a finding is told at its line's end")
    terminal.command(f":{line}")
    check(terminal.wait("2016 年.{1,3}(有空格|has)"), "and one below the line of the cursor")
    terminal.keys("Space", "d")
    check(terminal.wait("date-spacing"), "the list of findings (space d)")
    terminal.keys("Escape")
    for name, at in [("first", (line - 3, "gl")), ("second", (line - 2, "gh"))]:
        terminal.command(f":{at[0]}")
        terminal.keys(*at[1], "Space", "k")
        check(terminal.wait("王晋豫 — ") or terminal.wait("王晋豫.{0,6}(人名|person)", 2), f"the card on the {name} half of 王⏎晋豫 (space k)")
        terminal.keys("Escape")
    terminal.keys("Space", "s")
    check(terminal.wait("焦作移动扶贫干部投身抗疫一线"), "the outline (space s)")
    terminal.keys("Escape")
    terminal.command(f":{line}")
    terminal.keys("Space", "a")
    check(terminal.wait("2016年"), "the quick fixes (space a)")
    terminal.keys("Enter")
    terminal.command(":w")
    check(on_disk(page, lambda it: "\n2016年，" in it), "a quick fix, on disk")
    terminal.keys("u")
    terminal.command(":1")
    terminal.keys("O")
    terminal.text("𬱖说⼈民")
    terminal.keys("Escape")
    check(terminal.wait("部首的码位|radical.s code point"), "what is typed is proofread at once")
    terminal.keys("u")
    terminal.command(":format")
    time.sleep(1)
    terminal.command(":w")
    fixed = on_disk(page, lambda it: "2016年，王晋豫等人响应号召" in it)
    check(fixed, ":format, on disk")
    check(re.sub(r"\s", "", page.read_text(encoding="utf-8")) == re.sub(r"\s", "", seed), "which changed white space and line ends alone")
    terminal.command(":qa!")


def main():
    folder = pathlib.Path(tempfile.mkdtemp())
    settings = folder / "config/helix"
    settings.mkdir(parents=True)
    for name in ["languages.toml", "config.toml"]:
        shutil.copy(HERE / name, settings)
    page = folder / "page.txt"
    shutil.copy(SEED, page)
    environment = {"XDG_CONFIG_HOME": str(folder / "config"), "XDG_CACHE_HOME": str(folder / "cache"), "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "LANG": "zh_CN.UTF-8"}
    terminal = Terminal([*sys.argv[1:], str(page)], folder, environment)
    try:
        tests(terminal, page)
    except Exception as error:
        check(False, repr(error))
    finally:
        if failed:
            print(terminal.screen())
        terminal.close()
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{passed} passed, {failed} failed")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
