// The status bar item: how many findings the active document has, hints aside, and how it spaces numbers.
import * as vscode from "vscode";
import { State } from "vscode-languageclient/node";
import { isProofread, type Server } from "./server";

/** What the server signs its diagnostics with. */
const SOURCE = "jiaodui";

/** Shows the count of the active document's findings, and a menu in its tooltip. */
export class StatusItem implements vscode.Disposable {
  private readonly item: vscode.StatusBarItem;
  private readonly subscriptions: vscode.Disposable[];
  /** What the active document's tooltip said last. */
  private style = "";

  constructor(private readonly server: Server) {
    this.item = vscode.window.createStatusBarItem("jiaodui.status", vscode.StatusBarAlignment.Right, 110);
    this.item.name = "校对 jiaodui";
    this.subscriptions = [
      this.item,
      server.onDidChangeState(() => this.refresh()),
      vscode.window.onDidChangeActiveTextEditor(() => this.refresh()),
      vscode.workspace.onDidOpenTextDocument(() => this.refresh()),
      vscode.languages.onDidChangeDiagnostics((it) => {
        const active = vscode.window.activeTextEditor?.document.uri.toString();
        if (it.uris.some((uri) => uri.toString() === active)) {
          this.refresh();
        }
      }),
    ];
    this.refresh();
  }

  dispose(): void {
    this.subscriptions.forEach((it) => it.dispose());
  }

  private refresh(): void {
    const document = vscode.window.activeTextEditor?.document;
    const active = isProofread(document);
    void vscode.commands.executeCommand("setContext", "jiaodui.active", active);
    if (!active) {
      this.item.hide();
      return;
    }
    // The Problems panel shows no hints; two counts that differ would make the reader doubt both.
    const found = vscode.languages.getDiagnostics(document.uri).filter((it) => it.source === SOURCE);
    const findings = found.filter((it) => it.severity !== vscode.DiagnosticSeverity.Hint);
    const state = this.server.state;
    const icon = state === State.Running ? "$(book)" : state === State.Starting ? "$(sync~spin)" : "$(circle-slash)";
    this.item.text = state === State.Running ? `${icon} 校对 ${findings.length}` : `${icon} 校对`;
    this.item.tooltip = tooltip(state, findings, this.style);
    this.item.command = state === State.Stopped ? "jiaodui.restart" : "workbench.actions.view.problems";
    this.item.accessibilityInformation = { label: `校对: ${summary(state, findings)}` };
    this.item.show();
    void this.refreshStyle(document, state, findings);
  }

  /** The spacing style is asked for, and comes when the rest is shown already. */
  private async refreshStyle(document: vscode.TextDocument, state: State, findings: vscode.Diagnostic[]): Promise<void> {
    const style = styleText(await this.server.ask<Style>("jiaodui/style", document));
    if (style !== this.style && document === vscode.window.activeTextEditor?.document) {
      this.style = style;
      this.item.tooltip = tooltip(state, findings, style);
    }
  }
}

/** The answer to `jiaodui/style`: null where a page is undecided. */
interface Style {
  readonly numbers: Spacing | null;
  readonly dates: Spacing | null;
}

type Spacing = "tight" | "spaced" | "mixed";

function styleText(style: Style | undefined): string {
  const { t } = vscode.l10n;
  const words = { tight: t("no space"), spaced: t("a space"), mixed: t("by the kind of place") };
  const part = (name: string, it: Spacing | null | undefined) => (it ? [`${name} ${words[it]}`] : []);
  const parts = [...part(t("numbers"), style?.numbers), ...part(t("dates"), style?.dates)];
  return parts.length === 0 ? "" : t("Spacing of this page: {0}", parts.join(" · "));
}

function tooltip(state: State, findings: vscode.Diagnostic[], style: string): vscode.MarkdownString {
  const { t } = vscode.l10n;
  const commands: [string, string][] = [
    [t("Show problems"), "workbench.actions.view.problems"],
    [t("Fix all"), "jiaodui.editor.fixAll"],
    [t("Preview articles"), "jiaodui.preview"],
    [t("Restart server"), "jiaodui.restart"],
    [t("Show Output"), "jiaodui.showOutput"],
  ];
  const text = new vscode.MarkdownString(undefined, true);
  text.isTrusted = { enabledCommands: commands.map(([, command]) => command) };
  text.appendMarkdown(`**校对 jiaodui** · ${summary(state, findings)}\n\n${style === "" ? "" : `${style}\n\n`}`);
  text.appendMarkdown(commands.map(([title, command]) => `[${title}](command:${command})`).join(" · "));
  return text;
}

function summary(state: State, findings: vscode.Diagnostic[]): string {
  const { t } = vscode.l10n;
  if (state !== State.Running) {
    return state === State.Starting ? t("Starting") : t("Stopped");
  }
  const names = [t("Errors"), t("Warnings"), t("Information")];
  const counts = names.map((name, severity) => [name, findings.filter((it) => it.severity === severity).length] as const);
  const shown = counts.filter(([, count]) => count > 0).map(([name, count]) => `${name} ${count}`);
  return shown.length === 0 ? t("No findings") : shown.join(" · ");
}
