// Names and words of one's own: into `[dictionary]` of the folder's jiaodui.toml, from the selection, the name under the
// cursor or what is typed.
import * as vscode from "vscode";
import { isProofread, type Server } from "./server";

/** The lists of `[dictionary]`, with what their entries are called. */
function lists(): (vscode.QuickPickItem & { list: string })[] {
  const { t } = vscode.l10n;
  return [
    { list: "people", label: t("Person") },
    { list: "places", label: t("Place") },
    { list: "organisations", label: t("Organisation") },
    { list: "words", label: t("Word"), description: t("no name") },
  ];
}

/** Asks what is to be added and as what, and has the server add it. Returns what was added. */
export async function addToDictionary(server: Server): Promise<string | undefined> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined || !isProofread(editor.document)) {
    return undefined;
  }
  const { t } = vscode.l10n;
  const { document } = editor;
  const title = t("Add to Dictionary");
  const name =
    (await marked(editor)) ?? joined((await vscode.window.showInputBox({ title, prompt: t("A name or a word") })) ?? "");
  if (name === "") {
    return undefined;
  }
  const picked = await vscode.window.showQuickPick(lists(), { title: `${title}: ${name}`, placeHolder: t("What is it?") });
  if (picked === undefined) {
    return undefined;
  }
  const uri = server.uriOf(document);
  try {
    const answer = await server.send("jiaodui.define", { uri, list: picked.list, name });
    return answer === undefined ? undefined : name;
  } catch {
    // The server has told the reader why the file could not be written.
    return undefined;
  }
}

/** The selection, or else the name at the cursor; without the line ends and spaces that the column put into it. */
async function marked({ document, selection }: vscode.TextEditor): Promise<string | undefined> {
  if (!selection.isEmpty) {
    return joined(document.getText(selection)) || undefined;
  }
  try {
    const run = vscode.commands.executeCommand;
    const at = await run<{ placeholder?: string } | undefined>("vscode.prepareRename", document.uri, selection.active);
    return joined(at?.placeholder ?? "") || undefined;
  } catch {
    // There is no name here: prepareRename says so by refusing.
    return undefined;
  }
}

/** Ideographs stand close to one another in a name; between other words one space is kept. */
function joined(text: string): string {
  const han = String.raw`[\p{Script=Han}\p{P}]`;
  return text.trim().replaceAll(/\s+/gu, " ").replaceAll(new RegExp(`(?<=${han}) | (?=${han})`, "gu"), "");
}
