// What a user sees and does on the seed page, in the workbench.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PAGE, Workbench } from "./workbench.mjs";

export async function ui(server, check) {
  server.reset();
  const file = join(server.folder, PAGE);
  const seed = readFileSync(file, "utf8");
  const lines = seed.split("\n");
  const at = (words) => {
    const line = lines.findIndex((it) => it.includes(words));
    return [line + 1, [...lines[line].slice(0, lines[line].indexOf(words))].length + 1];
  };
  const it = await Workbench.open(server, { language: "zh-cn" });
  try {
    await it.ready();
    await it.openFile(PAGE);
    const squiggles = await it.until(() => it.all(".monaco-editor .squiggly-warning").count());
    check(squiggles > 0, `squiggles: ${squiggles}`);
    const count = await it.until(async () => /校对 ([1-9]\d*)/.exec(await it.status())?.[1]);
    check(count, `the status bar counts the findings: ${await it.status()}`);

    await it.press("Control+Shift+M");
    await it.all(".markers-panel .monaco-list-row").first().waitFor();
    const problems = await it.texts(".markers-panel .monaco-list-row");
    check(problems.some((row) => row.includes("jiaodui")), `Problems: ${problems[1]?.replaceAll("\n", " ")}`);
    await it.press("Control+Shift+M");

    // Both halves of a name that the column cut.
    const [line] = at("第一书记王");
    await it.all(".monaco-editor .view-lines").first().click({ position: { x: 200, y: 100 } });
    await it.goTo(line, lines[line - 1].length);
    const upper = await it.hover();
    check(upper.includes("王晋豫"), `hover on the first half of 王⏎晋豫: ${upper.split("\n").slice(-6).join(" ").slice(0, 90)}`);
    await it.press("Escape");
    await it.goTo(line + 1, 1);
    const lower = await it.hover();
    check(lower.includes("王晋豫"), "hover on the second half");
    await it.press("Escape");

    await it.command("Explorer: Focus on Outline View");
    const rows = await it.until(async () => {
      const found = await it.texts(".outline-tree .monaco-list-row, .outline-pane .monaco-list-row");
      return found.length > 2 && found;
    });
    check(rows && rows.some((row) => row.includes("焦作移动扶贫干部投身抗疫一线")), `outline: ${rows?.slice(0, 2).join(" / ").replaceAll("\n", " ")}`);

    // The articles beside the page, and from there to a line.
    await it.all(".monaco-editor .view-lines").first().click({ position: { x: 200, y: 100 } });
    await it.command("校对: 在旁边预览各篇");
    const shown = await it.preview();
    const headlines = await it.until(async () => {
      const found = await shown.locator("h2").allInnerTexts();
      return found.length > 0 && found;
    });
    check(headlines.length === 9 || headlines.length === 8, `the preview has the articles: ${headlines.length}, ${headlines[0]}`);
    const joined = shown.locator("p", { hasText: "第一书记王晋豫就是其中一员。" });
    check((await joined.count()) === 1, "with their paragraphs joined");
    const coloured = await it.until(async () => (await shown.locator(".token.person", { hasText: "王晋豫" }).count()) > 0);
    check(coloured, "and names coloured, 王⏎晋豫 in one piece");
    await shown.locator("p", { hasText: "社区是疫情防控工作的重中之重" }).first().click();
    const there = await it.until(async () => /Ln (\d+)/.exec((await it.texts("#status\\.editor\\.selection")).join(""))?.[1] > 90);
    check(there, `a click goes to the line: ${await it.texts("#status\\.editor\\.selection")}`);
    await it.press("Control+Home");
    await it.page.keyboard.type("今天");
    const followed = await it.until(async () => (await shown.locator("p").first().innerText()).includes("今天") || (await shown.locator("p", { hasText: "今天" }).count()) > 0);
    check(followed, "the preview follows what is typed");
    await it.press("Control+Z");
    await it.closePreview();

    // A quick fix, on disk.
    await it.all(".monaco-editor .view-lines").first().click({ position: { x: 200, y: 100 } });
    await it.goTo(...at("2016 年"));
    await it.press("Control+.");
    await it.all(".action-widget .monaco-list-row").first().waitFor({ timeout: 10_000 });
    const offers = await it.texts(".action-widget .monaco-list-row");
    check(offers.length > 1, `quick fixes: ${offers.join(" / ")}`);
    await it.press("Enter");
    await it.page.waitForTimeout(500);
    await it.press("Control+S");
    const fixed = await it.until(() => readFileSync(file, "utf8").includes("\n2016年，"));
    check(fixed, "the quick fix is on disk");

    // Typing, and back.
    await it.page.waitForTimeout(1500);
    const before = await it.status();
    await it.goTo(at("疫情发生后")[0], 1);
    await it.page.keyboard.type("他 2 月 30 日来，2 月31日走。");
    const during = await it.until(async () => (await it.status()) !== before && it.status());
    check(during, `typing changes the count at once: ${before} → ${during}`);
    // One undo for each until the words are gone, not until the count is back: that comes a moment later.
    const whole = "疫情发生后，王晋豫和工";
    const typed = async () => !(await it.texts(".monaco-editor .view-line")).some((row) => row.trim() === whole);
    for (let times = 0; times < 12 && (await typed()); times += 1) {
      await it.press("Control+Z");
      await it.page.waitForTimeout(150);
    }
    const back = await it.until(async () => (await it.status()) === before);
    check(back, `undo brings the old count back: ${await it.status()}`);

    // The name under the cursor, by its second half, goes into the folder's dictionary.
    await it.goTo(line + 1, 1);
    await it.command("校对: 加入词典", true);
    const kinds = await it.until(async () => {
      const found = await it.texts(".quick-input-list .monaco-list-row");
      return found.length === 4 && found;
    });
    check(kinds, `it is asked what it is: ${kinds && kinds.join(" / ").replaceAll("\n", " ")}`);
    await it.press("Enter");
    const toml = join(server.folder, "jiaodui.toml");
    const listed = await it.until(() => existsSync(toml) && readFileSync(toml, "utf8").includes("王晋豫"));
    check(listed, `and stands in jiaodui.toml: ${existsSync(toml) ? readFileSync(toml, "utf8").replaceAll("\n", " ") : "no file"}`);
    await it.all(".monaco-editor .view-lines").first().click({ position: { x: 200, y: 100 } });

    // Rename, typed into the box at the cursor.
    await it.goTo(line + 1, 1);
    await it.press("F2");
    const box = it.page.locator(".rename-box input.rename-input, .rename-box .rename-input").first();
    await box.waitFor({ timeout: 10_000 });
    check((await box.inputValue()) === "王晋豫", `F2 offers the whole name: ${await box.inputValue()}`);
    await box.fill("王晋裕");
    await it.press("Enter");
    await it.page.waitForTimeout(800);
    await it.press("Control+S");
    const other = await it.until(() => readFileSync(file, "utf8").includes("第一书记王\n晋裕"));
    check(other, "the name is another, and its line end is where it was");
    await it.press("Control+Z");
    await it.press("Control+S");
    check(await it.until(() => readFileSync(file, "utf8").includes("第一书记王\n晋豫")), "one undo takes it back");

    // Fix all, on disk; then there is nothing left to do.
    await it.command("校对: 修正所有");
    await it.page.waitForTimeout(500);
    await it.press("Control+S");
    const all = await it.until(() => readFileSync(file, "utf8").includes("2016年，王晋豫等人响应号召"));
    check(all, "fix all is on disk, and the lines are joined");
    const letters = (text) => text.replaceAll(/\s/g, "");
    check(letters(readFileSync(file, "utf8")) === letters(seed), "fix all changed white space and line ends alone");
    const after = readFileSync(file, "utf8");
    await it.command("Format Document");
    await it.page.waitForTimeout(800);
    await it.press("Control+S");
    await it.page.waitForTimeout(300);
    check(readFileSync(file, "utf8") === after, "formatting after it changes nothing");

    // The walkthrough, and the sample page that it opens.
    await it.command("Welcome: Open Walkthrough...", true);
    await it.choose("校对一版报纸", "校对一版报纸");
    const steps = await it.until(async () => {
      const found = await it.texts(".gettingStartedContainer .getting-started-step .step-title");
      return found.length >= 3 && found;
    });
    check(steps, `the walkthrough: ${steps && steps.join(" / ")}`);
    await it.page.getByRole("button", { name: "打开样稿", exact: true }).first().click();
    const sample = await it.until(async () => /校对 [1-9]/.test(await it.status()) && (await it.texts(".tab.active")).join("").includes("Untitled"));
    check(sample, `opens a sample page that is proofread: ${await it.status()}`);

    // Restarting.
    await it.openFile("note.md");
    const marked = await it.until(() => it.all(".monaco-editor .squiggly-warning").count());
    check(marked, `Markdown is proofread: ${await it.status()}`);
    await it.command("校对: 重启服务");
    const again = await it.until(async () => /校对 [1-9]/.test(await it.status()));
    check(again, "after a restart the findings are back");
    await it.command("校对: 显示输出");
    const output = await it.until(async () => (await it.texts(".output-view, .panel .view-lines")).join("").includes("lsp") || (await it.texts(".panel .view-line")).length > 0);
    check(output, "the output can be shown");
  } catch (error) {
    check(false, String(error));
    await it.picture(join(process.env.JIAODUI_PICTURES ?? server.home, "failed.png")).catch(() => {});
  } finally {
    await it.close();
  }
}
