// What a report of a fault should say: versions, which program runs, what was set. No text of any document.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import * as vscode from "vscode";
import { State } from "vscode-languageclient/node";
import { findBinary } from "./binary";
import { isProofread, type Server } from "./server";
import { chosenSettings } from "./settings";

/** Opens a document with all of it, for the reader to look through before it is sent to anyone. */
export async function showDebugInformation(server: Server, extension: vscode.Extension<unknown>): Promise<void> {
  const { document } = vscode.window.activeTextEditor ?? {};
  const facts: [string, string][] = [
    ["extension", `${extension.id} ${extension.packageJSON.version}`],
    ["VS Code", `${vscode.version} (${vscode.env.appName}, ${vscode.env.language}, ${vscode.env.remoteName ?? "local"})`],
    ["system", `${process.platform} ${process.arch}`],
    ["trusted", String(vscode.workspace.isTrusted)],
    ["folders", String(vscode.workspace.workspaceFolders?.length ?? 0)],
    ...(await program(extension.extensionPath)),
    ["state", State[server.state]],
    ["said of itself", server.description ?? "—"],
  ];
  if (document !== undefined) {
    const eol = document.eol === vscode.EndOfLine.CRLF ? "CRLF" : "LF";
    const findings = vscode.languages.getDiagnostics(document.uri).filter((it) => it.source === "jiaodui").length;
    const read = isProofread(document) ? `${findings} findings` : "not proofread";
    const size = `${document.lineCount} lines, ${document.getText().length} UTF-16 units`;
    facts.push(["document", `${document.uri.scheme}, ${document.languageId}, ${eol}, ${size}, ${read}`]);
  }
  const settings = JSON.stringify(chosenSettings(extension, document?.uri), null, 2);
  const content = [
    "# 校对 jiaodui: debug information",
    "",
    ...facts.map(([name, value]) => `- ${name}: ${value}`),
    "",
    "Settings that were chosen:",
    "",
    "```json",
    settings,
    "```",
    "",
  ].join("\n");
  const opened = await vscode.workspace.openTextDocument({ language: "markdown", content });
  await vscode.window.showTextDocument(opened, { preview: false });
}

/** Which program is run, and what it says when it is asked for its version; or why there is none. */
async function program(extensionPath: string): Promise<[string, string][]> {
  try {
    const { command, origin } = findBinary(extensionPath);
    const answer = await promisify(execFile)(command, ["--version"], { timeout: 5000 }).catch((error: unknown) => ({
      stdout: String(error),
    }));
    return [
      ["program", `${command} (${origin})`],
      ["version", answer.stdout.trim()],
    ];
  } catch (error) {
    return [["program", error instanceof Error ? error.message : String(error)]];
  }
}
