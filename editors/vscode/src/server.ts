// The server's process and the client that speaks with it.
import * as vscode from "vscode";
import {
  ExecuteCommandRequest,
  LanguageClient,
  RevealOutputChannelOn,
  State,
  type LanguageClientOptions,
} from "vscode-languageclient/node";
import { findBinary } from "./binary";
import { chosenSettings } from "./settings";

/** What is proofread: plain text and Markdown, saved or not. */
export const SELECTOR = ["plaintext", "markdown"].flatMap((language) =>
  ["file", "untitled"].map((scheme) => ({ language, scheme })),
);

/** Whether the document is one that the server is told of. */
export function isProofread(document: vscode.TextDocument | undefined): document is vscode.TextDocument {
  return document !== undefined && vscode.languages.match(SELECTOR, document) > 0;
}

/** The server, started and restarted. */
export class Server implements vscode.Disposable {
  private client: LanguageClient | undefined;
  private readonly changed = new vscode.EventEmitter<State>();
  /** Starts and stops wait for one another. */
  private queue: Promise<void> = Promise.resolve();

  /** The server started, runs, or has stopped. */
  readonly onDidChangeState = this.changed.event;

  constructor(
    private readonly extension: vscode.Extension<unknown>,
    private readonly output: vscode.LogOutputChannel,
  ) {}

  get state(): State {
    return this.client?.state ?? State.Stopped;
  }

  start(): Promise<void> {
    return this.enqueue(() => this.startNow());
  }

  stop(): Promise<void> {
    return this.enqueue(() => this.stopNow());
  }

  restart(): Promise<void> {
    return this.enqueue(async () => {
      await this.stopNow();
      await this.startNow();
    });
  }

  /** Runs one of the server's commands at a place of a document; returns whether there was a server to run it. */
  async execute(command: string, document: vscode.TextDocument, at: vscode.Position): Promise<boolean> {
    return (await this.run(command, document, at)) !== undefined;
  }

  /** The same with what the command answers; undefined without a server, null where it answers nothing. */
  async run(command: string, document: vscode.TextDocument, at: vscode.Position): Promise<unknown> {
    const client = this.client;
    if (client?.state !== State.Running) {
      return undefined;
    }
    const { code2ProtocolConverter: to } = client;
    return this.send(command, { uri: to.asUri(document.uri), position: to.asPosition(at) });
  }

  /** Runs one of the server's commands with what it wants to know; answers as `run` does. */
  async send(command: string, argument: unknown): Promise<unknown> {
    const client = this.client;
    if (client?.state !== State.Running) {
      return undefined;
    }
    return (await client.sendRequest(ExecuteCommandRequest.type, { command, arguments: [argument] })) ?? null;
  }

  /** What the server knows the document by. */
  uriOf(document: vscode.TextDocument): string {
    return this.client?.code2ProtocolConverter.asUri(document.uri) ?? document.uri.toString();
  }

  /** What the running server says of itself: name, version, the unit of its columns. */
  get description(): string | undefined {
    const { serverInfo, capabilities } = this.client?.initializeResult ?? {};
    return serverInfo && `${serverInfo.name} ${serverInfo.version ?? ""}, ${capabilities?.positionEncoding ?? "utf-16"}`;
  }

  /** The answer to one of the server's own requests about a document; nothing where there is no server to answer. */
  async ask<T>(method: string, document: vscode.TextDocument): Promise<T | undefined> {
    const client = this.client;
    if (client?.state !== State.Running) {
      return undefined;
    }
    const textDocument = { uri: client.code2ProtocolConverter.asUri(document.uri) };
    try {
      return (await client.sendRequest<T | null>(method, { textDocument })) ?? undefined;
    } catch (error) {
      this.output.debug(`${method}: ${String(error)}`);
      return undefined;
    }
  }

  dispose(): void {
    this.changed.dispose();
  }

  private enqueue(job: () => Promise<void>): Promise<void> {
    this.queue = this.queue.then(job, job);
    return this.queue;
  }

  private async startNow(): Promise<void> {
    if (this.client !== undefined) {
      return;
    }
    try {
      const binary = findBinary(this.extension.extensionPath);
      this.output.info(`server: ${binary.command} (${binary.origin})`);
      const executable = { command: binary.command, args: ["lsp", "--stdio"] };
      const client = new LanguageClient("jiaodui", "校对 jiaodui", executable, this.options());
      this.client = client;
      client.onDidChangeState((it) => this.changed.fire(it.newState));
      await client.start();
    } catch (error) {
      this.client = undefined;
      this.changed.fire(State.Stopped);
      await this.report(error instanceof Error ? error.message : String(error));
    }
  }

  private async stopNow(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    // A client that is still starting, or whose server died, refuses to stop; either way it is done with.
    await client?.dispose().catch((error: unknown) => this.output.warn(`stopping: ${String(error)}`));
    this.changed.fire(State.Stopped);
  }

  private options(): LanguageClientOptions {
    const chosen = (scope?: vscode.Uri) => chosenSettings(this.extension, scope);
    return {
      documentSelector: SELECTOR,
      diagnosticCollectionName: "jiaodui",
      outputChannel: this.output,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      initializationOptions: () => chosen(),
      middleware: {
        workspace: {
          configuration: (params) =>
            params.items.map((it) => chosen(it.scopeUri === undefined ? undefined : vscode.Uri.parse(it.scopeUri))),
        },
      },
    };
  }

  private async report(message: string): Promise<void> {
    this.output.error(message);
    const settings = vscode.l10n.t("Open Settings");
    const output = vscode.l10n.t("Show Output");
    const text = vscode.l10n.t("The proofreading server could not be started: {0}", message);
    // Nobody waits for the answer: the message may stay open for as long as the window does.
    void vscode.window.showErrorMessage(text, settings, output).then((answer) => {
      if (answer === settings) {
        void vscode.commands.executeCommand("workbench.action.openSettings", "jiaodui.path");
      } else if (answer === output) {
        this.output.show();
      }
    });
  }
}
