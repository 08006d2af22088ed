#!/usr/bin/env python3
"""Checks recorded messages against the types of the Language Server Protocol, as PyPI's lsprotocol has them.

    JIAODUI_LOG=LOG.jsonl jiaodui lsp     (or an editor that starts it)
    check.py LOG.jsonl [--prove]

Everything that the server said must be exactly what the protocol describes: no unknown key, no missing one, no
null where the protocol has none, no wrong type, number or enumeration value, a response for each request and
only one, in the right direction. What clients say is not judged, only needed to know what was asked.

--prove breaks the server's good messages one place at a time and counts how many of the broken ones are refused.
"""

import attrs
import collections
import copy
import enum
import functools
import json
import sys
import typing

import lsprotocol.types as lsp
from lsprotocol import converters

converters.get_converter()  # resolves the names in the annotations

# Enumerations to which servers may add words of their own.
OPEN = {lsp.CodeActionKind, lsp.FoldingRangeKind, lsp.LanguageKind, lsp.SemanticTokenTypes, lsp.SemanticTokenModifiers}
# Python has other names for these keys.
RENAMED = {"from_": "from", "class_": "class", "type_": "type", "in_": "in"}
# Requests and notifications of our own.
OWN = "jiaodui/"


def key_of(field):
    """The key that a field has on the wire."""
    first, *rest = RENAMED.get(field, field).split("_")
    return first + "".join(word.capitalize() for word in rest)


@functools.cache
def types_of(kind):
    """The type of each field, by its name in Python."""
    return typing.get_type_hints(kind, vars(typing) | vars(lsp))


def is_any(kind):
    return kind in (typing.Any, object, lsp.LSPObject) or kind == lsp.LSPAny


def wrong(value, kind, path, optional=False):
    """What is wrong with `value` as a `kind`, as sentences; empty when nothing is."""
    if is_any(kind):
        return []
    origin, parts = typing.get_origin(kind), typing.get_args(kind)
    if origin is typing.Union:
        if optional:  # `Optional` here means that the key may be left out, not that it may be null
            parts = tuple(it for it in parts if it is not type(None))
        # Where a number of one's own may stand beside the protocol's, ours are the protocol's.
        if any(isinstance(it, type) and issubclass(it, enum.Enum) for it in parts):
            parts = tuple(it for it in parts if it is not int)
        tries = [wrong(value, it, path) for it in parts]
        return [] if [] in tries else min(tries, key=len) if isinstance(value, (dict, list)) else [f"{path}: {show(value)} is none of {names(parts)}"]
    if origin is typing.Literal:
        return [] if value in parts else [f"{path}: {show(value)} is none of {parts}"]
    if origin is tuple:
        if not isinstance(value, list) or len(value) != len(parts):
            return [f"{path}: {show(value)} is no row of {len(parts)}"]
        return [it for place, (item, part) in enumerate(zip(value, parts)) for it in wrong(item, part, f"{path}[{place}]")]
    if origin in (list, collections.abc.Sequence):
        if not isinstance(value, list):
            return [f"{path}: {show(value)} is no array"]
        return [it for place, item in enumerate(value) for it in wrong(item, parts[0], f"{path}[{place}]")]
    if origin in (dict, collections.abc.Mapping):
        if not isinstance(value, dict):
            return [f"{path}: {show(value)} is no object"]
        return [it for key, item in value.items() for it in wrong(item, parts[1], f"{path}.{key}")]
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        words = [it.value for it in kind]
        known = type(value) is type(words[0]) and (value in words or kind in OPEN)
        return [] if known else [f"{path}: {show(value)} is no {kind.__name__}"]
    if attrs.has(kind):
        return wrong_object(value, kind, path)
    plain = {str: str, bool: bool, int: int, float: (int, float), type(None): type(None)}
    if kind not in plain:
        raise TypeError(f"{path}: nothing is known of {kind}")
    fits = isinstance(value, plain[kind]) and (kind is bool or not isinstance(value, bool))
    return [] if fits else [f"{path}: {show(value)} is no {kind.__name__}"]


def wrong_object(value, kind, path):
    if not isinstance(value, dict):
        return [f"{path}: {show(value)} is no {kind.__name__}"]
    hints = types_of(kind)
    fields = {key_of(it.name): it for it in attrs.fields(kind)}
    found = [f"{path}: {kind.__name__} has no key {key}" for key in value if key not in fields]
    for key, field in fields.items():
        optional = field.default is not attrs.NOTHING
        if key in value:
            may_be_null = lsp.is_special_property(kind, field.name)
            found += wrong(value[key], hints[field.name], f"{path}.{key}", optional and not may_be_null)
            found += wrong_number(value[key], field.validator, f"{path}.{key}")
        elif not optional:
            found.append(f"{path}: {kind.__name__} lacks {key}")
    return found


def wrong_number(value, validator, path):
    """lsprotocol tells integers from unsigned ones by the validator alone."""
    if validator is None or isinstance(value, bool) or not isinstance(value, int):
        return []
    low = 0 if "uinteger_validator" in repr(validator) else -(2**31)
    return [] if low <= value < 2**31 else [f"{path}: {value} is out of range"]


def show(value):
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else text[:57] + "..."


def names(parts):
    return ", ".join(getattr(it, "__name__", str(it)) for it in parts)


def field_type(kind, field):
    return types_of(kind).get(field, type(None))


def wrong_registrations(method, params):
    """The options of a registration have the type that the registered method names."""
    if method != lsp.CLIENT_REGISTER_CAPABILITY:
        return []
    found = []
    for place, it in enumerate(params["registrations"]):
        *_, kind = lsp.METHOD_TO_TYPES.get(it["method"], [None])
        if kind is None or "registerOptions" not in it:
            continue
        found += wrong(it["registerOptions"], kind, f"params.registrations[{place}].registerOptions")
    return found


class Conversation:
    """What has been asked and not yet answered, on either side. One process may follow another in a log."""

    def __init__(self):
        self.open = {}

    def wrong(self, sender, message):
        """What is wrong with the next message; empty when nothing is."""
        if message.get("method") == "initialize":
            self.open.clear()
        found = [] if message.get("jsonrpc") == "2.0" else ["jsonrpc is not 2.0"]
        keys = {"jsonrpc", "id", "method", "params"} if "method" in message else {"jsonrpc", "id", "result", "error"}
        found += [f"a message has no key {it}" for it in sorted(set(message) - keys)]
        if "method" in message:
            return found + self.wrong_request(sender, message)
        return found + self.wrong_response(sender, message)

    def wrong_request(self, sender, message):
        method = message["method"]
        if "id" in message:
            self.open[sender, message["id"]] = method
        if method not in lsp.METHOD_TO_TYPES:
            return [] if isinstance(method, str) and method.startswith(OWN) else [f"there is no method {show(method)}"]
        request, response, *_ = lsp.METHOD_TO_TYPES[method]
        found = []
        if lsp.message_direction(method) not in ("both", f"{sender}To{'Client' if sender == 'server' else 'Server'}"):
            found.append(f"{method} is not for the {sender} to send")
        if (response is not None) != ("id" in message):
            found.append("a request needs an id, a notification must not have one")
        if "id" in message:
            found += wrong(message["id"], typing.Union[int, str], "id")
        kind = field_type(request, "params")
        if "params" in message:
            found += wrong(message["params"], kind, "params") or wrong_registrations(method, message["params"])
        elif kind is not type(None) and type(None) not in typing.get_args(kind):
            found.append("params are missing")
        return found

    def wrong_response(self, sender, message):
        asker = "client" if sender == "server" else "server"
        if "id" not in message:
            return ["neither a method nor an id"]
        number = message["id"]
        if not isinstance(number, (int, str)) or (asker, number) not in self.open:
            return [f"nobody asked {show(number)}"]
        method = self.open.pop((asker, number))
        if ("result" in message) == ("error" in message):
            return ["a response has either a result or an error"]
        if "error" in message:
            return wrong(message["error"], lsp.ResponseError, "error")
        if method not in lsp.METHOD_TO_TYPES:
            return []
        return wrong(message["result"], field_type(lsp.METHOD_TO_TYPES[method][1], "result"), "result")


def check(records):
    """Prints what is wrong with the server's messages; returns how many are good and how many are not."""
    conversation = Conversation()
    good = bad = 0
    kinds = collections.Counter()
    for number, record in enumerate(records, 1):
        sender, message = record["dir"].split("->")[0], record["msg"]
        asked = "method" not in message and conversation.open.get(("client", message.get("id")))
        found = conversation.wrong(sender, message)
        if sender != "server":
            continue
        kinds[message.get("method") or f"answer to {asked}"] += 1
        good, bad = (good, bad + 1) if found else (good + 1, bad)
        if found:
            print(f"message {number}, {message.get('method') or f'answer to {asked}'}:")
            for it in found[:5]:
                print(f"    {it}")
    for kind, count in sorted(kinds.items()):
        print(f"{count:6} {kind}")
    return good, bad


# Keys that may never be missing where they stand under a key or method of that name.
REQUIRED = {
    "publishDiagnostics": {"uri", "diagnostics"},
    "Diagnostic": {"range", "message"},
    "Range": {"start", "end"},
    "Position": {"line", "character"},
    "TextEdit": {"range", "newText"},
    "symbol": {"name", "kind", "range", "selectionRange"},
    "MarkupContent": {"kind", "value"},
}


# Where the protocol takes `boolean | {}`, and lsprotocol reads the `{}` as anything: nothing is wrong there.
ANYTHING = {("semanticTokensProvider", "range")}


def breakages(value, steps=()):
    """Ways to break one place of a message, as (what, path, new value or None to remove)."""
    if steps[-2:] in ANYTHING:
        return
    if isinstance(value, dict):
        yield "unknown key", (*steps, "unheardOf"), 1
        yield "a number for an object", steps, 7
        keys = set(value)
        for required in REQUIRED.values():
            if required <= keys:
                yield from (("a key less", (*steps, key), None) for key in sorted(required))
        for key, item in value.items():
            if key not in ("data", "settings", "arguments"):  # these are the sender's own
                yield from breakages(item, (*steps, key))
    elif isinstance(value, list):
        yield "an object for an array", steps, {"unheardOf": 1}
        for place, item in enumerate(value):
            yield from breakages(item, (*steps, place))
    else:
        yield "an object for a plain value", steps, {"unheardOf": 1}
        yield "an array for a plain value", steps, [[]]
        if steps and steps[-1] in ("line", "character"):
            yield from ((f"{it} for a column or line", steps, it) for it in (-1, 1.5, 2**31, "1"))
        if steps and steps[-1] in ("severity", "kind") and isinstance(value, int):
            yield "no such number", steps, 99


def shortened(value):
    """The same with two items of each array: one is broken where the other is not, and a thousand tell no more."""
    if isinstance(value, dict):
        return {key: shortened(item) for key, item in value.items()}
    return [shortened(it) for it in value[:2]] if isinstance(value, list) else value


def broken(message, steps, value):
    it = copy.deepcopy(message)
    *way, last = steps
    place = it
    for step in way:
        place = place[step]
    if value is None:
        del place[last]
    else:
        place[last] = value
    return it


def prove(records):
    """Breaks a good message of each kind in every place; returns how many were refused and how many there were."""
    conversation = Conversation()
    seen = collections.Counter()
    refused = total = 0
    for record in records:
        sender, message = record["dir"].split("->")[0], record["msg"]
        before = dict(conversation.open)
        asked = before.get(("client", message.get("id")))
        kind = message.get("method") or asked
        found = conversation.wrong(sender, message)
        body = message.get("params") or message.get("result")
        if sender != "server" or found or not body or str(kind).startswith(OWN) or seen[kind] >= 2:
            continue
        seen[kind] += 1
        message = shortened(message)
        ways = [("no jsonrpc", ("jsonrpc",), None), ("a key too many", ("unheardOf",), 1), ("both result and error", ("error",), {"code": 1, "message": ""})]
        part = "params" if "params" in message else "result"
        for what, steps, value in [*ways, *breakages(message[part], (part,))]:
            trial = Conversation()
            trial.open = dict(before)
            total += 1
            if trial.wrong(sender, broken(message, steps, value)):
                refused += 1
            else:
                print(f"not refused in {kind}: {what} at {'.'.join(map(str, steps))}")
    return refused, total


def main():
    path, *options = sys.argv[1:]
    records = [json.loads(line) for line in open(path, encoding="utf-8")]
    good, bad = check(records)
    print(f"{good} messages of the server conform, {bad} do not")
    fails = bad > 0 or good == 0
    if "--prove" in options:
        refused, total = prove(records)
        print(f"{refused} of {total} broken messages are refused")
        fails = fails or refused < total or total == 0
    sys.exit(fails)


if __name__ == "__main__":
    main()
