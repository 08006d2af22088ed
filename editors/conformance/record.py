#!/usr/bin/env python3
"""Stands between a client and a server and writes down every message, untouched bytes passing through.

    record.py LOG.jsonl COMMAND [ARGUMENT...]

Each line of the log: {"from": "client" | "server", "message": {...}}. Several runs may write to one log.
Ends with the server's exit code.
"""

import json
import os
import subprocess
import sys
import threading


def frames(source, sink):
    """Passes everything from `source` to `sink` and yields the body of each message in it."""
    pending = b""
    while chunk := source.read1(1 << 16):
        sink.write(chunk)
        sink.flush()
        pending += chunk
        while True:
            head, separator, rest = pending.partition(b"\r\n\r\n")
            if not separator:
                break
            lengths = [int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")]
            if len(lengths) != 1:
                raise ValueError(f"a header without one Content-Length: {head!r}")
            if len(rest) < lengths[0]:
                break
            yield rest[: lengths[0]]
            pending = rest[lengths[0] :]


def main():
    path, *command = sys.argv[1:]
    server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    log = open(path, "a", encoding="utf-8")
    lock = threading.Lock()

    def watch(origin, source, sink):
        try:
            for body in frames(source, sink):
                line = json.dumps({"from": origin, "message": json.loads(body)}, ensure_ascii=False)
                with lock:
                    log.write(line + "\n")
                    log.flush()
        except BrokenPipeError:
            pass  # the other side is gone; so is the need to pass anything on
        finally:
            try:
                sink.close()
            except BrokenPipeError:
                pass

    threading.Thread(target=watch, args=("client", sys.stdin.buffer, server.stdin), daemon=True).start()
    back = threading.Thread(target=watch, args=("server", server.stdout, sys.stdout.buffer))
    back.start()
    code = server.wait()
    back.join()
    log.flush()
    # Not sys.exit: the thread that waits for the client's next word may never get it.
    os._exit(code if code >= 0 else 128 - code)


if __name__ == "__main__":
    main()
