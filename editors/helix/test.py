#!/usr/bin/env python3
"""The seed page in a real Helix, in a terminal of its own:  test.py HX...    (the program, and what comes before files)

Needs tmux; runs the `jiaodui` on PATH with the configuration beside this file. Exit code 0 when every check holds."""

import pathlib
import re
import shutil
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from terminal import on_disk, run  # noqa: E402


def tests(terminal, check, page):
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


def set_up(folder, page):
    settings = folder / "config/helix"
    settings.mkdir(parents=True)
    for name in ["languages.toml", "config.toml"]:
        shutil.copy(HERE / name, settings)
    return [*sys.argv[1:], str(page)], {"XDG_CONFIG_HOME": str(folder / "config"), "XDG_CACHE_HOME": str(folder / "cache")}


if __name__ == "__main__":
    run(set_up, tests)
