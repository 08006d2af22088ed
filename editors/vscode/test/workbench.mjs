// A VS Code workbench to drive: code-server with the extension installed, shown by a headless Chromium.
import { spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

export const SEED = resolve(dirname(fileURLToPath(import.meta.url)), "../../../seeds/jiaozuo-daily-2020-02.txt");
/** The seed page's name in the folder that is opened. */
export const PAGE = "page.txt";

const SETTINGS = {
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "extensions.autoUpdate": false,
  "extensions.autoCheckUpdates": false,
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "chat.disableAIFeatures": true,
  "editor.fontFamily": "'Noto Sans Mono CJK SC', monospace",
  "editor.minimap.enabled": false,
};

/** A free port of this machine. */
function freePort() {
  return new Promise((done, fail) => {
    const it = createServer().once("error", fail);
    it.listen(0, "127.0.0.1", () => {
      const { port } = it.address();
      it.close(() => done(port));
    });
  });
}

/** A running code-server with the extension, over a folder with the seed page. */
export class CodeServer {
  /**
   * `settings` are added to the user's; `log` is where the language server writes down what is said; with `trust`
   * folders must be trusted before they are.
   */
  static async start({ program, vsix, settings = {}, log, trust = false }) {
    const it = new CodeServer();
    it.home = mkdtempSync(join(tmpdir(), "jiaodui-vscode-"));
    it.folder = join(it.home, "folder");
    it.reset();
    const user = join(it.home, "data/User");
    mkdirSync(user, { recursive: true });
    writeFileSync(join(user, "settings.json"), JSON.stringify({ ...SETTINGS, ...settings }, null, 2));
    const places = ["--user-data-dir", join(it.home, "data"), "--extensions-dir", join(it.home, "extensions")];
    const quiet = ["--disable-telemetry", "--disable-update-check", "--disable-getting-started-override"];
    const env = {
      ...process.env,
      XDG_CONFIG_HOME: join(it.home, "config"),
      XDG_DATA_HOME: join(it.home, "share"),
      ...(log === undefined ? {} : { JIAODUI_LOG: log }),
    };
    const installed = spawnSync(program, [...places, ...quiet, "--install-extension", vsix], { env, encoding: "utf8" });
    if (installed.status !== 0) {
      throw new Error(`the extension was not installed:\n${installed.stdout}${installed.stderr}`);
    }
    it.port = await freePort();
    it.url = `http://127.0.0.1:${it.port}`;
    const listening = ["--auth", "none", "--bind-addr", `127.0.0.1:${it.port}`];
    if (!trust) {
      listening.push("--disable-workspace-trust");
    }
    // In a process group of its own: its watchers and the language server outlive it otherwise.
    it.process = spawn(program, [...places, ...quiet, ...listening, it.folder], { env, detached: true, stdio: "ignore" });
    for (const end = Date.now() + 60_000; ; await sleep(100)) {
      const answer = await fetch(`${it.url}/healthz`).catch(() => undefined);
      if (answer?.ok) {
        return it;
      }
      if (Date.now() > end) {
        await it.stop();
        throw new Error("code-server does not answer");
      }
    }
  }

  /** A workspace of two folders, the second with settings and a page of its own. */
  twoFolders() {
    const other = join(this.home, "other");
    mkdirSync(other, { recursive: true });
    writeFileSync(join(other, "jiaodui.toml"), 'root = true\n[rules]\nradical-codepoint = "off"\n');
    writeFileSync(join(other, "other.txt"), "⼈民来了。\n");
    writeFileSync(join(this.folder, "this.txt"), "⼈民来了。\n");
    const file = join(this.home, "two.code-workspace");
    writeFileSync(file, JSON.stringify({ folders: [{ path: this.folder }, { path: other }], settings: {} }));
    return file;
  }

  /** Process ids of the language servers that this code-server's extension runs. */
  servers() {
    const found = spawnSync("pgrep", ["-f", `^${join(this.home, "extensions")}.*/server/jiaodui lsp`], { encoding: "utf8" });
    return found.stdout.split("\n").filter(Boolean).map(Number);
  }

  /** Puts the folder's files back. */
  reset() {
    rmSync(this.folder, { recursive: true, force: true });
    mkdirSync(this.folder, { recursive: true });
    cpSync(SEED, join(this.folder, PAGE));
    writeFileSync(join(this.folder, "note.md"), "# 消息\n\n𬱖老师说，2016 年、2017 年和2018 年都去过，\n如今已3年。\n");
  }

  async stop() {
    if (this.process !== undefined) {
      try {
        process.kill(-this.process.pid);
      } catch {
        // The group is gone already.
      }
      await sleep(500);
    }
    rmSync(this.home, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** What the user sees. */
export class Workbench {
  /** `language` is the display language that extensions and the language server are told of. */
  static async open(server, { language = "en", width = 1400, height = 900, scale = 1, query = "", workspace, extra } = {}) {
    const it = new Workbench();
    const executablePath = process.env.CHROMIUM ?? ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find(existsSync);
    const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];
    it.browser = await chromium.launch({ executablePath, args: [...args, "--disable-component-update", "--disable-sync"] });
    const context = await it.browser.newContext({ viewport: { width, height }, deviceScaleFactor: scale });
    // Nothing but this machine may be asked for anything.
    await context.route(
      (url) => url.hostname !== "127.0.0.1" && !["data:", "blob:"].includes(url.protocol),
      (route) => route.abort(),
    );
    it.page = await context.newPage();
    await it.page.addInitScript((tag) => {
      Object.defineProperty(globalThis, "_VSCODE_NLS_LANGUAGE", { get: () => tag, set: () => {} });
    }, language);
    if (extra !== undefined) {
      await it.page.addInitScript(extra);
    }
    await it.page.goto(`${server.url}/?${workspace ? `workspace=${workspace}` : `folder=${server.folder}`}${query}`);
    return it;
  }

  /** Waits until the workbench can be used. */
  async ready() {
    await this.page.locator(".explorer-folders-view .monaco-list-row").first().waitFor({ timeout: 90_000 });
  }

  async close() {
    await this.browser.close();
  }

  all(selector) {
    return this.page.locator(selector);
  }

  press(keys) {
    return this.page.keyboard.press(keys);
  }

  /** Waits until `condition` gives something that counts, and gives that. */
  async until(condition, ms = 20_000) {
    for (const end = Date.now() + ms; ; await sleep(100)) {
      const found = await condition();
      if (found || Date.now() > end) {
        return found;
      }
    }
  }

  /** Runs a command by its title; one that `asks` something opens the box anew. */
  async command(title, asks = false) {
    await this.press("F1");
    await this.choose(`>${title}`, "", asks);
  }

  async openFile(name) {
    const tab = this.page.locator(`.tab.active[data-resource-name="${name}"]`);
    // Right after a folder was opened the search may still lack it, or the list may change under the key.
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.press("Control+P");
        await this.choose(name, name);
        await tab.waitFor({ timeout: 10_000 });
        break;
      } catch (error) {
        if (attempt === 3) throw error;
        await this.press("Escape");
      }
    }
    await this.page.locator(".monaco-editor .view-line").first().waitFor();
  }

  /** Types into the box that is open, and takes the row in focus, which must hold `row`. */
  async choose(text, row = "", asks = false) {
    const box = this.page.locator(".quick-input-widget input").first();
    await box.waitFor();
    await box.fill(text);
    const focused = this.page.locator(".quick-input-list .monaco-list-row.focused");
    await focused.filter({ hasText: row }).first().waitFor({ timeout: 10_000 });
    await this.page.waitForTimeout(300); // the list is filtered once more
    await this.press("Enter");
    if (!asks) {
      await box.waitFor({ state: "hidden" });
    }
  }

  /** Puts the cursor before a character of a line, both counted from 1. */
  async goTo(line, character = 1) {
    await this.press("Control+G");
    const box = this.page.locator(".quick-input-widget input").first();
    await box.waitFor();
    // Columns in this box count a Chinese character twice: step there instead.
    await box.fill(`:${line}:1`);
    await this.page.waitForTimeout(200);
    await this.press("Enter");
    await box.waitFor({ state: "hidden" });
    for (let at = 1; at < character; at += 1) {
      await this.press("ArrowRight");
    }
    await this.page.waitForTimeout(150);
  }

  async texts(selector) {
    const found = await this.all(selector).allInnerTexts();
    return found.map((it) => it.replaceAll("\u00a0", " "));
  }

  /** The hover at the cursor. */
  async hover() {
    await this.command("Show or Focus Hover");
    await this.all(".monaco-hover:visible .hover-contents").first().waitFor({ timeout: 10_000 });
    await this.page.waitForTimeout(400);
    return (await this.texts(".monaco-hover:visible")).join("\n");
  }

  status() {
    return this.texts("#jiaodui\\.jiaodui\\.jiaodui\\.status").then((it) => it.join(" "));
  }

  /** The inside of the preview. */
  async preview() {
    await this.page.locator("iframe.webview").first().waitFor({ timeout: 20_000 });
    return this.page.frameLocator("iframe.webview").first().frameLocator("iframe#active-frame");
  }

  /** Closes the preview and goes back to the page. By the mouse: keys may go to the page inside. */
  async closePreview() {
    await this.page.locator(".tab", { hasText: /各篇|Articles/ }).first().click({ button: "middle" });
    await this.page.waitForTimeout(500);
    await this.all(".monaco-editor .view-lines").first().click({ position: { x: 200, y: 100 } });
  }

  picture(path, clip) {
    return this.page.screenshot({ path, clip });
  }
}
