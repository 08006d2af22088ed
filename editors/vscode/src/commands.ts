// Commands, from the palette and the context menu. Their ids are not the server's: the client registers those itself.
import * as vscode from "vscode";
import { showDebugInformation } from "./debug";
import { addToDictionary } from "./dictionary";
import type { Preview } from "./preview";
import { isProofread, type Server } from "./server";

/** Registers all commands. */
export function registerCommands(
  server: Server,
  preview: Preview,
  extension: vscode.Extension<unknown>,
  output: vscode.LogOutputChannel,
): vscode.Disposable[] {
  const { t } = vscode.l10n;
  const { registerCommand } = vscode.commands;
  const editing = (name: string, nothing: string) =>
    registerCommand(`jiaodui.editor.${name}`, () => edit(server, `jiaodui.${name}`, nothing));
  return [
    registerCommand("jiaodui.restart", () => server.restart()),
    registerCommand("jiaodui.showOutput", () => output.show()),
    registerCommand("jiaodui.preview", () => preview.open()),
    registerCommand("jiaodui.openSample", () => openSample(extension.extensionUri)),
    registerCommand("jiaodui.showDebugInformation", () => showDebugInformation(server, extension)),
    registerCommand("jiaodui.editor.export", () => exportArticles(server)),
    registerCommand("jiaodui.editor.define", () => define(server)),
    editing("fixAll", t("Nothing to fix here")),
    editing("joinParagraph", t("This paragraph needs no joining")),
    editing("joinDocument", t("This document needs no joining")),
  ];
}

/** Has the server edit the active document; says `nothing` where it had nothing to do. */
async function edit(server: Server, command: string, nothing: string): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined || !isProofread(editor.document)) {
    return;
  }
  const { document } = editor;
  const { version } = document;
  if (!(await server.execute(command, document, editor.selection.active))) {
    say(vscode.l10n.t("The proofreading server is not running"));
  } else if (document.version === version) {
    say(nothing);
  }
}

/** The articles as a Markdown document of their own, not saved yet. */
async function exportArticles(server: Server): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined || !isProofread(editor.document)) {
    return;
  }
  const content = await server.run("jiaodui.export", editor.document, editor.selection.active);
  if (typeof content !== "string") {
    say(vscode.l10n.t("The proofreading server is not running"));
    return;
  }
  const document = await vscode.workspace.openTextDocument({ language: "markdown", content });
  await vscode.window.showTextDocument(document, vscode.ViewColumn.Beside);
}

/** Adds to the dictionary, and says what was added. */
async function define(server: Server): Promise<void> {
  const added = await addToDictionary(server);
  if (added !== undefined) {
    say(vscode.l10n.t("Added to the dictionary: {0}", added));
  }
}

/** A page to try everything on, not saved anywhere. */
async function openSample(extension: vscode.Uri): Promise<void> {
  const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extension, "sample.txt"));
  const content = new TextDecoder().decode(bytes);
  const document = await vscode.workspace.openTextDocument({ language: "plaintext", content });
  await vscode.window.showTextDocument(document, vscode.ViewColumn.Active);
}

function say(text: string): void {
  vscode.window.setStatusBarMessage(`$(info) 校对: ${text}`, SHOWN_MS);
}

/** How long a message stays in the status bar, in milliseconds. */
const SHOWN_MS = 5000;
