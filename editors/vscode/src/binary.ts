// Which server program is run: the setting's, the extension's own, the one on PATH.
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as vscode from "vscode";

/** Where the program came from, for the log. */
export type Origin = "setting" | "bundled" | "PATH";

export interface Binary {
  readonly command: string;
  readonly origin: Origin;
}

const NAME = process.platform === "win32" ? "jiaodui.exe" : "jiaodui";

/** The program to run; throws the sentence that the user reads when there is none. */
export function findBinary(extensionPath: string): Binary {
  const setting = vscode.workspace.getConfiguration("jiaodui").get<string>("path", "").trim();
  if (setting !== "") {
    const command = setting.startsWith("~/") ? path.join(os.homedir(), setting.slice(2)) : setting;
    const found = path.isAbsolute(command) ? (isProgram(command) ? command : undefined) : onPath(command);
    if (found === undefined) {
      throw new Error(vscode.l10n.t("The jiaodui program was not found: {0}", setting));
    }
    return { command: found, origin: "setting" };
  }
  const bundled = path.join(extensionPath, "server", NAME);
  if (isProgram(bundled)) {
    return { command: bundled, origin: "bundled" };
  }
  const found = onPath(NAME);
  if (found !== undefined) {
    return { command: found, origin: "PATH" };
  }
  throw new Error(
    vscode.l10n.t(
      "No jiaodui program comes with this extension and there is none on PATH. Install it, or name it in the setting jiaodui.path.",
    ),
  );
}

/** The first program of that name in the folders of PATH. A relative name with a folder in it is in none. */
function onPath(name: string): string | undefined {
  if (path.basename(name) !== name) {
    return undefined;
  }
  const folders = (process.env.PATH ?? "").split(path.delimiter).filter((it) => path.isAbsolute(it));
  return folders.map((it) => path.join(it, name)).find(isProgram);
}

function isProgram(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}
