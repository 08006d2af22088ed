// Shows what a terminal was sent as a picture:  node test/terminal.mjs SCREENS.json XTERM_FOLDER OUT_PREFIX
// SCREENS.json is written by ../neovim/terminal.py; XTERM_FOLDER is npm's @xterm/xterm.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";

const [screens, xterm, prefix] = process.argv.slice(2);
const { columns, rows, screens: sent } = JSON.parse(readFileSync(screens, "utf8"));
const executablePath = process.env.CHROMIUM ?? ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find(existsSync);
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
await page.setContent("<body style='margin:0;background:#fff'><div id=it style='display:inline-block;padding:6px'></div>");
await page.addStyleTag({ path: join(xterm, "css/xterm.css") });
await page.addScriptTag({ path: join(xterm, "lib/xterm.js") });
for (const [name, bytes] of Object.entries(sent)) {
  await page.evaluate(
    ({ columns, rows, bytes }) => {
      document.getElementById("it").replaceChildren();
      const it = new Terminal({ cols: columns, rows, fontSize: 15, lineHeight: 1.15, fontFamily: "DejaVu Sans Mono, Noto Sans Mono CJK SC", theme: { background: "#ffffff", foreground: "#000000" } });
      it.open(document.getElementById("it"));
      return new Promise((done) => it.write(bytes, () => setTimeout(done, 400)));
    },
    { columns, rows, bytes },
  );
  await page.locator("#it .xterm-screen").screenshot({ path: `${prefix}-${name}.png` });
}
await browser.close();
