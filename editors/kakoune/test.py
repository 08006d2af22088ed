#!/usr/bin/env python3
"""The seed page in a real Kakoune with kak-lsp, in a terminal of its own:  test.py KAK

Needs tmux, and `kak`, `kak-lsp` and `jiaodui` on PATH; runs them with the configuration beside this file. Exit code 0
when every check holds."""

import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from terminal import on_disk, run  # noqa: E402


def tests(terminal, check, page):
    seed = page.read_text(encoding="utf-8")
    line = seed.split("\n").index("2016 年，王晋豫等人响") + 1
    check(terminal.wait("王晋豫.{1,3}(被行尾切断|is cut)"), "a finding is told at its line's end")
    for name, at in [("first", f"{line - 3}ggl"), ("second", f"{line - 2}ggh")]:
        terminal.keys("Escape")
        terminal.text(at)
        if name == "first":
            terminal.text("gl")
        terminal.command(":lsp-hover")
        check(terminal.wait("王晋豫.{0,10}(人名|person|第一书记)"), f"the card on the {name} half of 王⏎晋豫")
        terminal.keys("Escape")
    terminal.command(f":select {line}.1,{line}.1")
    terminal.command(":lsp-code-action-sync '(改为|change to).*2016年.*'")
    terminal.command(":write")
    check(on_disk(page, lambda it: "\n2016年，" in it), "a quick fix, on disk")
    terminal.keys("u")
    terminal.command(":lsp-formatting-sync")
    terminal.command(":write")
    check(on_disk(page, lambda it: "2016年，王晋豫等人响应号召" in it), "formatting, on disk")
    check(re.sub(r"\s", "", page.read_text(encoding="utf-8")) == re.sub(r"\s", "", seed), "which changed white space and line ends alone")
    terminal.command(":quit!")


def set_up(folder, page):
    (folder / "kak").mkdir()
    (folder / "kak/kakrc").write_text(f"eval %sh{{kak-lsp}}\nsource {HERE}/jiaodui.kak\n")
    return [*sys.argv[1:], str(page)], {"XDG_CONFIG_HOME": str(folder)}


if __name__ == "__main__":
    run(set_up, tests)
