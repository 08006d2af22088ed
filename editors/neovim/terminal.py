#!/usr/bin/env python3
"""What a terminal is sent by a real Neovim on the seed page, for pictures (../vscode/test/pictures.mjs shows it).

    terminal.py NVIM PAGE OUT [--columns 110] [--rows 30]

Runs the `jiaodui` on PATH. Writes OUT.json: {"columns", "rows", "screens": {name: bytes as text}}.
"""

import argparse
import fcntl
import json
import os
import pathlib
import pty
import select
import struct
import termios
import time

HERE = pathlib.Path(__file__).resolve().parent
# The picture's name, the keys typed before it, and how long to wait after them, in seconds.
SCREENS = [
    ("findings", ":8\rzt", 4.0),
    ("hover", "/王$\r:nohlsearch\r$K", 2.5),
]
SETUP = "set number termguicolors background=light nowrap shortmess+=I noruler laststatus=2 signcolumn=yes | colorscheme default"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("nvim")
    parser.add_argument("page")
    parser.add_argument("out")
    parser.add_argument("--columns", type=int, default=96)
    parser.add_argument("--rows", type=int, default=26)
    it = parser.parse_args()
    arguments = [it.nvim, "--clean", "--cmd", f"set rtp^={HERE}", "-c", SETUP, "-c", "lua vim.lsp.enable('jiaodui')", "-c", f"edit {it.page}"]
    child, terminal = pty.fork()
    if child == 0:
        os.environ.update(TERM="xterm-256color", COLORTERM="truecolor", LANG="zh_CN.UTF-8", LC_ALL="C.UTF-8")
        os.execvp(it.nvim, arguments)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", it.rows, it.columns, 0, 0))
    sent = bytearray()

    def listen(seconds):
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if select.select([terminal], [], [], left)[0]:
                try:
                    sent.extend(os.read(terminal, 65536))
                except OSError:
                    return

    listen(4.0)
    screens = {}
    for name, keys, seconds in SCREENS:
        os.write(terminal, keys.encode())
        listen(seconds)
        screens[name] = sent.decode("utf-8", "replace")
    os.write(terminal, b"\x1b\x1b:qall!\r")
    listen(1.0)
    os.close(terminal)
    os.waitpid(child, 0)
    pathlib.Path(it.out).write_text(json.dumps({"columns": it.columns, "rows": it.rows, "screens": screens}, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main()
