#!/usr/bin/env python3
"""The seed page in a real Vim with YouCompleteMe, in a terminal of its own:  test.py VIM PYTHON

PYTHON is the interpreter that YouCompleteMe's server was built for. Needs tmux; runs the `jiaodui` on PATH with the
configuration beside this file. Exit code 0 when every check holds."""

import pathlib
import re
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from terminal import on_disk, run  # noqa: E402


def tests(terminal, check, page):
    seed = page.read_text(encoding="utf-8")
    line = seed.split("\n").index("2016 年，王晋豫等人响") + 1
    time.sleep(2)
    terminal.command(f":{line - 3}")
    check(terminal.wait("王晋豫.{1,3}(被行尾切断|is cut)"), "a finding is told when the cursor is on its line")
    terminal.command(":YcmDiags")
    check(terminal.wait("有空格，全文|has a space|has spaces"), "the list of findings (:YcmDiags)")
    terminal.command(":lclose")
    for name, at in [("first", (line - 3, "$")), ("second", (line - 2, "0"))]:
        terminal.command(f":{at[0]}")
        terminal.keys(at[1])
        terminal.command(":YcmCompleter GetHover")
        check(terminal.wait("王晋豫.{0,8}(人名|person|第一书记)"), f"the card on the {name} half of 王⏎晋豫 (:YcmCompleter GetHover)")
        terminal.command(":pclose")
    terminal.command(f":{line}")
    terminal.keys("0", "l")
    terminal.command(":YcmCompleter FixIt")
    offered = terminal.wait("(改为|change to).{0,3}2016年")
    check(offered, "the quick fixes (:YcmCompleter FixIt)")
    number = re.search(r"(\d+)[:.)] [^\n]*2016年", terminal.screen())
    terminal.text(number.group(1) if number else "1")
    terminal.keys("Enter")
    time.sleep(1)
    terminal.command(":w")
    check(on_disk(page, lambda it: "\n2016年，" in it), "a quick fix, on disk")
    differing = [(a, b) for a, b in zip(seed.split("\n"), page.read_text(encoding="utf-8").split("\n")) if a != b]
    check(len(differing) == 1, f"which changed one place: {differing}")
    terminal.keys("u")
    terminal.command(":1")
    terminal.keys("O")
    terminal.text("𬱖说⼈民")
    terminal.keys("Escape")
    time.sleep(2)
    terminal.keys("0", "2l")
    terminal.command(":YcmShowDetailedDiagnostic")
    check(terminal.wait("部首的码位|radical.s code point"), "what is typed is proofread")
    terminal.keys("u")
    terminal.command(":YcmCompleter Format")
    # YouCompleteMe takes its time over hundreds of edits.
    check(terminal.wait("疫情就是命令，防控就是责任。", 90), "formatting (:YcmCompleter Format)")
    terminal.command(":w")
    fixed = on_disk(page, lambda it: "2016年，王晋豫等人响应号召" in it)
    check(fixed, "on disk")
    check(re.sub(r"\s", "", page.read_text(encoding="utf-8")) == re.sub(r"\s", "", seed), "which changed white space and line ends alone")
    if not fixed:
        print(terminal.screen())
    terminal.command(":qa!")


def set_up(folder, page):
    vim, python = sys.argv[1:]
    vimrc = folder / "vimrc"
    vimrc.write_text(
        "set nocompatible encoding=utf-8 noswapfile nomore ambiwidth=single\nfiletype plugin on\n"
        f"let g:ycm_server_python_interpreter = '{python}'\nlet g:ycm_confirm_extra_conf = 0\n"
        f"source {HERE}/jiaodui.vim\npackadd! youcompleteme\n"
    )
    return [vim, "-u", str(vimrc), str(page)], {"HOME": str(folder)}


if __name__ == "__main__":
    run(set_up, tests)
