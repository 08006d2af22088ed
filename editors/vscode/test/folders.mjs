// Several folders, a server that dies, a folder that is not trusted.
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PAGE, Workbench } from "./workbench.mjs";

const squiggles = (it) => it.all(".monaco-editor .squiggly-warning").count();

/** A workspace of two folders, each with its settings; and the server killed under it. */
export async function folders(server, check) {
  server.reset();
  const it = await Workbench.open(server, { language: "zh-cn", workspace: server.twoFolders() });
  try {
    await it.ready();
    await it.openFile("this.txt");
    check(await it.until(() => squiggles(it)), `in the first folder a radical is found: ${await it.status()}`);
    await it.openFile("other.txt");
    await it.until(async () => /校对 \d/.test(await it.status()));
    await it.page.waitForTimeout(1500);
    check((await squiggles(it)) === 0, `in the second its jiaodui.toml has that switched off: ${await it.status()}`);

    await it.openFile("this.txt");
    // Windows closed before keep theirs for a while: ours is the newest.
    const before = server.servers();
    process.kill(before.at(-1), "SIGKILL");
    const again = await it.until(() => server.servers().some((id) => !before.includes(id)));
    check(again, "a server that was killed is started again");
    await it.page.keyboard.press("Control+End");
    await it.page.keyboard.type("⼈");
    check(await it.until(async () => (await squiggles(it)) > 1), `and knows what is typed: ${await it.status()}`);
  } catch (error) {
    check(false, String(error));
    await it.picture(join(process.env.JIAODUI_PICTURES ?? server.home, "failed-folders.png")).catch(() => {});
  } finally {
    await it.close();
  }
}

/** A folder that is not trusted: findings come, but the program that it names is not run. */
export async function restricted(server, check) {
  server.reset();
  const settings = join(server.folder, ".vscode");
  mkdirSync(settings, { recursive: true });
  writeFileSync(join(settings, "settings.json"), JSON.stringify({ "jiaodui.path": join(server.folder, "evil") }));
  writeFileSync(join(server.folder, "evil"), `#!/bin/sh\ntouch ${join(server.folder, "was-run")}\n`, { mode: 0o755 });
  const it = await Workbench.open(server, { language: "zh-cn" });
  try {
    await it.ready();
    await it.all(".statusbar-item", { hasText: "Restricted Mode" }).first().waitFor();
    await it.openFile(PAGE);
    check(await it.until(() => squiggles(it)), `in restricted mode there are findings: ${await it.status()}`);
    check(server.servers().length === 1, "from the extension's own program");
    check(!existsSync(join(server.folder, "was-run")), "the one that the folder names was not run");
  } catch (error) {
    check(false, String(error));
    await it.picture(join(process.env.JIAODUI_PICTURES ?? server.home, "failed-restricted.png")).catch(() => {});
  } finally {
    await it.close();
  }
}
