#!/usr/bin/env python3
"""Makes a session for tests/sessions.rs out of a record of a real one:  session.py LOG.jsonl SEED OUT.jsonl [BYTES]

Keeps what the client said, from one `initialize` to the end or to BYTES, whichever comes first; of several sessions in
the record the longest. Folders of the machine and process ids go; the seed page becomes a mark.
Lines: {"method", "id"?, "params"?, "answered"?, "refused"?}: whether a result other than null came back, or an error;
{"answers", "result"}: what the client answered to the server's request of that method.
"""

import json
import re
import sys

log, seed, out, *most = sys.argv[1:]
limit = int(most[0]) if most else 80_000
page = open(seed, encoding="utf-8").read()


def sessions(records):
    session = []
    for it in records:
        if it["msg"].get("method") == "initialize":
            yield session
            session = []
        session.append(it)
    yield session


records = max(sessions(json.loads(line) for line in open(log, encoding="utf-8")), key=len)
# Cancelled, or overtaken by an edit: that is the clock's doing.
moments = (-32800, -32801, -32802)
refused = {
    it["msg"]["id"] for it in records if it["dir"].startswith("server") and it["msg"].get("error", {}).get("code", moments[0]) not in moments
}
results = {it["msg"]["id"]: it["msg"].get("result") for it in records if it["dir"].startswith("server") and "method" not in it["msg"]}
asked = {it["msg"]["id"]: it["msg"]["method"] for it in records if it["dir"].startswith("server") and "id" in it["msg"] and "method" in it["msg"]}

opened = next(it["msg"] for it in records if it["msg"].get("method") == "textDocument/didOpen")
folder = re.sub(r"^file://(.*)/[^/]*$", r"\1", opened["params"]["textDocument"]["uri"])
lines, size = [], 0
for it in records:
    message = it["msg"]
    if not it["dir"].startswith("client"):
        continue
    if "method" not in message:
        if message.get("id") in asked:
            lines.append({"answers": asked[message["id"]], "result": message.get("result")})
        continue
    method, params = message["method"], message.get("params")
    if method in ("shutdown", "exit") or method.startswith("$/"):
        continue
    if method == "initialize":
        params["processId"] = None
    line = {"method": method, **({"id": message["id"]} if "id" in message else {}), **({"params": params} if "params" in message else {})}
    if "id" in message:
        line["answered"] = results.get(message["id"]) is not None
        if message["id"] in refused:
            line["refused"] = True
    if method == "textDocument/didOpen" and params["textDocument"]["text"] == page:
        params["textDocument"]["text"] = "SEED"
    size += len(json.dumps(line, ensure_ascii=False))
    if size > limit and method == "textDocument/didChange":
        break
    lines.append(line)

text = "".join(json.dumps(it, ensure_ascii=False, separators=(",", ":")) + "\n" for it in lines)
open(out, "w", encoding="utf-8").write(text.replace(folder, "/seed"))
print(f"{len(lines)} lines, {len(text)} characters")
