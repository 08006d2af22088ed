// Commands: what the code actions of the server do, from the palette and the context menu.
import * as vscode from "vscode";
import { isProofread, type Server } from "./server";

/** Registers all commands. */
export function registerCommands(server: Server, output: vscode.LogOutputChannel): vscode.Disposable[] {
  const { t } = vscode.l10n;
  const { registerCommand } = vscode.commands;
  return [
    registerCommand("jiaodui.restart", () => server.restart()),
    registerCommand("jiaodui.showOutput", () => output.show()),
    registerCommand("jiaodui.fixAll", () => run("source.fixAll.jiaodui", t("Nothing to fix here"))),
    registerCommand("jiaodui.joinParagraph", () =>
      run("refactor.rewrite.jiaodui.joinParagraph", t("This paragraph needs no joining")),
    ),
    registerCommand("jiaodui.joinDocument", () =>
      run("refactor.rewrite.jiaodui.joinDocument", t("This document needs no joining")),
    ),
  ];
}

/** Applies the server's action of that kind at the cursor; says `nothing` where there is none. */
async function run(kind: string, nothing: string): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined || !isProofread(editor.document)) {
    return;
  }
  const { document, selection } = editor;
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    "vscode.executeCodeActionProvider",
    document.uri,
    selection,
    kind,
    RESOLVED,
  );
  const edit = actions.find((it) => it.kind?.value === kind && it.edit !== undefined)?.edit;
  if (edit === undefined || !(await vscode.workspace.applyEdit(edit))) {
    vscode.window.setStatusBarMessage(`$(info) 校对: ${nothing}`, SHOWN_MS);
  }
}

/** How many actions the editor asks the server to complete. */
const RESOLVED = 4;

/** How long a message stays in the status bar, in milliseconds. */
const SHOWN_MS = 5000;
