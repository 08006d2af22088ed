// What the server is told of the settings: only what somebody set. A default that was sent along would
// look like a choice and win over the folder's jiaodui.toml.
import * as vscode from "vscode";

/** Settings that are the extension's own business. */
const CLIENT_KEYS = new Set(["path", "trace.server"]);

type Tree = { [key: string]: unknown };

/** The settings under `jiaodui` that were set for `scope`, as a tree. */
export function chosenSettings(extension: vscode.Extension<unknown>, scope?: vscode.Uri): Tree {
  const configuration = vscode.workspace.getConfiguration("jiaodui", scope);
  const tree: Tree = {};
  for (const key of contributedKeys(extension)) {
    const it = configuration.inspect(key);
    const chosen = [it?.globalValue, it?.workspaceValue, it?.workspaceFolderValue];
    if (chosen.some((value) => value !== undefined)) {
      place(tree, key.split("."), configuration.get(key));
    }
  }
  return tree;
}

/** Keys of the server's settings, without the leading `jiaodui.`, as package.json lists them. */
function contributedKeys(extension: vscode.Extension<unknown>): string[] {
  const sections: { properties?: Tree }[] = extension.packageJSON.contributes.configuration;
  return sections
    .flatMap((it) => Object.keys(it.properties ?? {}))
    .map((it) => it.slice("jiaodui.".length))
    .filter((it) => !CLIENT_KEYS.has(it));
}

function place(tree: Tree, steps: string[], value: unknown): void {
  const [step, ...rest] = steps as [string, ...string[]];
  if (rest.length === 0) {
    tree[step] = value;
  } else {
    const below = tree[step];
    place(typeof below === "object" && below !== null ? (below as Tree) : ((tree[step] = {}) as Tree), rest, value);
  }
}
