// The extension: starts the server, restarts it when its program changes. No telemetry.
import * as vscode from "vscode";
import { registerCommands } from "./commands";
import { Preview } from "./preview";
import { Server } from "./server";
import { StatusItem } from "./status";

let server: Server | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const output = vscode.window.createOutputChannel("校对 jiaodui", { log: true });
  const it = new Server(context.extension, output);
  server = it;
  const preview = new Preview(it);
  context.subscriptions.push(
    output,
    it,
    preview,
    new StatusItem(it),
    ...registerCommands(it, preview, context.extension, output),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("jiaodui.path")) {
        void it.restart();
      }
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => it.restart()),
  );
  await it.start();
}

export function deactivate(): Promise<void> | undefined {
  return server?.stop();
}
