// Pictures of a user's first minutes on the seed page, for the README and to be looked at:
//   JIAODUI_PICTURES=FOLDER node test/run.mjs … pictures
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PAGE, Workbench } from "./workbench.mjs";

export async function pictures(server, check) {
  server.reset();
  const folder = process.env.JIAODUI_PICTURES ?? server.home;
  const lines = readFileSync(join(server.folder, PAGE), "utf8").split("\n");
  const it = await Workbench.open(server, { language: "zh-cn", width: 1200, height: 760 });
  const picture = (name, clip) => it.picture(join(folder, `${name}.png`), clip);
  // What the walkthrough shows stands in half a window: a part of the page, large enough to be read there.
  const part = { x: 353, y: 36, width: 600, height: 440 };
  try {
    await it.ready();
    await it.openFile(PAGE);
    await it.until(() => it.all(".monaco-editor .squiggly-warning").count());
    await it.page.waitForTimeout(1500);
    await picture("opened");
    await picture("findings-part", part);
    await it.command("Explorer: Focus on Outline View");
    await it.until(async () => (await it.texts(".outline-tree .monaco-list-row, .outline-pane .monaco-list-row")).length > 2);
    await it.all(".pane-header", { hasText: "folder" }).first().click(); // gives the outline the room
    await it.command("Explorer: Focus on Outline View");
    await it.press("Control+ArrowLeft"); // articles alone
    await it.page.waitForTimeout(600);
    await it.all(".monaco-editor .view-lines").first().click({ position: { x: 200, y: 100 } });
    const cut = lines.findIndex((line) => line.endsWith("第一书记王"));
    await it.goTo(cut + 1, [...lines[cut]].length);
    await it.hover();
    await picture("vscode");
    await it.press("Escape");
    await it.press("Control+Shift+M");
    await it.all(".markers-panel .monaco-list-row").first().waitFor();
    await it.page.waitForTimeout(500);
    await picture("problems");
    await it.press("Control+Shift+M");
    const spaced = lines.findIndex((line) => line.startsWith("2016 年"));
    await it.all(".monaco-editor .view-lines").first().click({ position: { x: 200, y: 100 } });
    await it.goTo(spaced + 1, 2);
    await it.press("Control+.");
    await it.all(".action-widget .monaco-list-row").first().waitFor();
    await it.page.waitForTimeout(500);
    await picture("quick-fix");
    await picture("quick-fix-part", part);
    await it.press("Escape");
    await it.command("校对: 在旁边预览各篇");
    await (await it.preview()).locator("h2").first().waitFor();
    await it.page.waitForTimeout(1500);
    await picture("preview");
    await it.closePreview();
    await it.all(".monaco-editor .view-lines").first().click({ position: { x: 200, y: 100 } });
    await it.command("校对: 修正所有");
    await it.page.waitForTimeout(2500);
    await picture("fixed");
    check(true, `pictures are in ${folder}`);
  } catch (error) {
    check(false, String(error));
    await picture("failed").catch(() => {});
  } finally {
    await it.close();
  }
}
