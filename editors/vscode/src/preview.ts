// The page's articles as their authors wrote them, beside the page: names and dates coloured, each paragraph and word
// a link to its line, updated while somebody types.
import * as vscode from "vscode";
import { isProofread, type Server } from "./server";

/** The answer to `jiaodui/articles`. */
interface Articles {
  readonly version: number | null;
  readonly articles: readonly Article[];
}

interface Article {
  readonly headline?: string;
  readonly blocks: readonly Block[];
}

interface Block {
  readonly kind: string;
  readonly text: string;
  readonly range: { readonly start: Place; readonly end: Place };
}

interface Place {
  readonly line: number;
  readonly character: number;
}

/** A coloured stretch of the document's text. */
interface Token {
  readonly start: number;
  readonly end: number;
  readonly kind: string;
}

/** What the server's token types, which are those that themes know from code, stand for. */
const KINDS: Readonly<Record<string, string>> = {
  class: "person",
  namespace: "place",
  interface: "organization",
  keyword: "post",
  string: "work",
  enumMember: "moment",
  number: "number",
};

/** How long typing must rest before the preview follows, in milliseconds. */
const REST_MS = 120;

/** The one preview of a window; it follows the document that it was opened for. */
export class Preview implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private document: vscode.TextDocument | undefined;
  private timer: NodeJS.Timeout | undefined;
  private readonly subscriptions: vscode.Disposable[];

  constructor(private readonly server: Server) {
    this.subscriptions = [
      vscode.workspace.onDidChangeTextDocument((it) => {
        if (it.document === this.document && it.contentChanges.length > 0) {
          this.soon();
        }
      }),
      vscode.window.onDidChangeActiveTextEditor((it) => {
        if (this.panel !== undefined && isProofread(it?.document) && it.document !== this.document) {
          this.show(it.document);
        }
      }),
      vscode.window.onDidChangeTextEditorSelection((it) => {
        if (it.textEditor.document === this.document) {
          const line = it.selections[0]?.active.line;
          void this.panel?.webview.postMessage({ line });
        }
      }),
      server.onDidChangeState(() => this.soon()),
    ];
  }

  /** Opens the preview of the active document beside it. */
  open(): void {
    const document = vscode.window.activeTextEditor?.document;
    if (!isProofread(document)) {
      return;
    }
    if (this.panel === undefined) {
      const beside = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
      // Not retained while hidden: it is made anew in a moment.
      this.panel = vscode.window.createWebviewPanel("jiaodui.preview", "", beside, { enableScripts: true });
      this.panel.onDidDispose(() => {
        this.panel = undefined;
        this.document = undefined;
      });
      this.panel.onDidChangeViewState((it) => it.webviewPanel.visible && this.soon());
      this.panel.webview.onDidReceiveMessage((it: Place) => this.goTo(it));
      this.panel.webview.html = page();
    }
    this.show(document);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.panel?.dispose();
    this.subscriptions.forEach((it) => it.dispose());
  }

  private show(document: vscode.TextDocument): void {
    this.document = document;
    const name = document.uri.path.split("/").pop() ?? "";
    if (this.panel !== undefined) {
      this.panel.title = vscode.l10n.t("Articles: {0}", name);
    }
    this.soon(0);
  }

  private soon(ms = REST_MS): void {
    clearTimeout(this.timer);
    if (this.panel?.visible) {
      this.timer = setTimeout(() => void this.refresh(), ms);
    }
  }

  private async refresh(): Promise<void> {
    const { document, panel } = this;
    if (document === undefined || panel === undefined) {
      return;
    }
    const { version } = document;
    const answer = await this.server.ask<Articles>("jiaodui/articles", document);
    const tokens = await tokensOf(document);
    if (answer === undefined || document.version !== version || panel !== this.panel) {
      // The text moved on, and the next refresh is on its way; or there is no server, and what is shown may stay.
      return;
    }
    await panel.webview.postMessage({ html: articlesHtml(document, answer.articles, tokens) });
  }

  private goTo(place: Place): void {
    const { document } = this;
    if (document === undefined) {
      return;
    }
    const at = new vscode.Position(place.line, place.character);
    const shown = vscode.window.visibleTextEditors.find((it) => it.document === document);
    const viewColumn = shown?.viewColumn ?? vscode.ViewColumn.One;
    void vscode.window.showTextDocument(document, { viewColumn, selection: new vscode.Range(at, at) });
  }
}

/** Names, dates and numbers of the document, as the server's semantic tokens have them; none where it gives none. */
async function tokensOf(document: vscode.TextDocument): Promise<Token[]> {
  const run = vscode.commands.executeCommand;
  try {
    const legend = await run<vscode.SemanticTokensLegend | undefined>("vscode.provideDocumentSemanticTokensLegend", document.uri);
    const tokens = legend && (await run<vscode.SemanticTokens | undefined>("vscode.provideDocumentSemanticTokens", document.uri));
    if (!legend || !tokens) {
      return [];
    }
    const found: Token[] = [];
    let line = 0;
    let character = 0;
    for (let at = 0; at + 4 < tokens.data.length; at += 5) {
      const [lines, characters, length, type] = tokens.data.subarray(at, at + 4) as unknown as [number, number, number, number];
      character = lines === 0 ? character + characters : characters;
      line += lines;
      const start = document.offsetAt(new vscode.Position(line, character));
      found.push({ start, end: start + length, kind: KINDS[legend.tokenTypes[type] ?? ""] ?? "other" });
    }
    return found;
  } catch {
    return [];
  }
}

function articlesHtml(document: vscode.TextDocument, articles: readonly Article[], tokens: readonly Token[]): string {
  const source = document.getText();
  const places = (it: Place) => document.offsetAt(new vscode.Position(it.line, it.character));
  const block = (it: Block) => {
    const tag = { headline: "h2", section: "h3", kicker: "p", subhead: "p" }[it.kind] ?? "p";
    const { start, end } = it.range;
    const inside = blockHtml(source, places(start), places(end), it.text, tokens);
    return `<${tag} class="${escape(it.kind)}" data-line="${start.line}" data-end="${end.line}" data-character="${start.character}">${inside}</${tag}>`;
  };
  return articles.map((it) => `<article>${it.blocks.map(block).join("\n")}</article>`).join("\n");
}

/**
 * The joined text of a block with its tokens marked. The text is the source without the line ends, hyphens and spaces
 * that the column put there, so the two are walked side by side; where neither is white space, one code point stands for
 * another.
 */
function blockHtml(source: string, start: number, end: number, text: string, tokens: readonly Token[]): string {
  const blank = (it: string | undefined) => it === undefined || /[\s\u200B]/.test(it);
  // The hyphen that the column put at a line end.
  const hyphen = (at: number) => /^[-\u00AD]\s*\n/.test(source.slice(at, at + 8));
  const inside = tokens.filter((it) => it.end > start && it.start < end);
  let html = "";
  let open: string | undefined;
  let at = start;
  let next = 0;
  for (const character of text) {
    while (at < end && source[at] !== character[0] && (blank(source[at]) || hyphen(at))) {
      at += 1;
    }
    while (next < inside.length && inside[next]!.end <= at) {
      next += 1;
    }
    const token = inside[next];
    const kind = token !== undefined && token.start <= at && !blank(character) ? token.kind : blank(character) ? open : undefined;
    if (kind !== open) {
      html += `${open === undefined ? "" : "</span>"}${kind === undefined ? "" : `<span class="token ${escape(kind)}">`}`;
      open = kind;
    }
    html += escape(character);
    if (source[at] === character[0] || !blank(character)) {
      at += character.length;
    }
  }
  return html + (open === undefined ? "" : "</span>");
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (it) => `&#${it.charCodeAt(0)};`);
}

/** The page around the articles: nothing in it comes from anywhere else. */
function page(): string {
  const nonce = Array.from({ length: 24 }, () => Math.floor(Math.random() * 36).toString(36)).join("");
  return `<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'">
<style nonce="${nonce}">
  body { max-width: 42em; margin: 0 auto; padding: 1em 1.5em 40vh; line-height: 1.8; font-size: 15px; }
  article { border-bottom: 1px solid var(--vscode-panel-border, #8884); padding: .8em 0 1.2em; }
  h2 { font-size: 1.45em; line-height: 1.35; margin: .3em 0; }
  h3 { font-size: 1.1em; margin: 1em 0 .2em; }
  p { margin: .35em 0; text-indent: 2em; cursor: pointer; border-radius: 3px; }
  p.kicker, p.subhead, p.byline, p.continuation, p.furniture { text-indent: 0; opacity: .75; }
  h2, h3 { cursor: pointer; }
  [data-line]:hover { background: var(--vscode-list-hoverBackground, #8881); }
  .here { box-shadow: -3px 0 0 var(--vscode-focusBorder, #07c); }
  .token { border-bottom: 2px solid transparent; }
  .person { border-color: #c2410c; } .place { border-color: #15803d; } .organization { border-color: #1d4ed8; }
  .work { border-color: #7e22ce; } .post { border-color: #a16207; }
  .moment, .number { border-color: #0e7490; }
</style></head><body><main></main>
<script nonce="${nonce}">
  const code = acquireVsCodeApi();
  const main = document.querySelector("main");
  const mark = (line) => {
    for (const it of main.querySelectorAll("[data-line]")) {
      const here = Number(it.dataset.line) <= line && line <= Number(it.dataset.end);
      it.classList.toggle("here", here);
    }
  };
  let line;
  addEventListener("message", ({ data }) => {
    if (data.html !== undefined) main.innerHTML = data.html;
    if (data.line !== undefined) {
      line = data.line;
      main.querySelector(".here")?.classList.remove("here");
    }
    if (line !== undefined) mark(line);
    if (data.line !== undefined) main.querySelector(".here")?.scrollIntoView({ block: "nearest" });
  });
  main.addEventListener("click", (event) => {
    const it = event.target.closest("[data-line]");
    if (it !== null) code.postMessage({ line: Number(it.dataset.line), character: Number(it.dataset.character) });
  });
</script></body></html>`;
}
