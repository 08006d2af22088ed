// Runs inside VS Code's extension host; writes [holds, what] pairs to results.json in the folder that is open.
const fs = require("node:fs");
const vscode = require("vscode");

const { executeCommand } = vscode.commands;
const results = [];
const check = (holds, what) => results.push([Boolean(holds), what]);

async function until(condition, ms = 20_000) {
  for (const end = Date.now() + ms; ; await new Promise((done) => setTimeout(done, 50))) {
    const found = await condition();
    if (found || Date.now() > end) {
      return found;
    }
  }
}

async function tests(root) {
  const uri = vscode.Uri.joinPath(root, "page.txt");
  const document = await vscode.workspace.openTextDocument(uri);
  const editor = await vscode.window.showTextDocument(document);
  const findings = (code) => vscode.languages.getDiagnostics(uri).filter((it) => code === undefined || it.code === code || it.code?.value === code);
  const words = (it) => document.getText(it.range).replaceAll("\n", "⏎");

  // Findings.
  await until(() => findings().length > 0);
  const extension = vscode.extensions.getExtension("jiaodui.jiaodui");
  check(extension?.isActive, "the extension is active");
  const expected = [
    ["number-spacing", "村 140 户"],
    ["date-spacing", "2016 年"],
    ["date-spacing", "至 2 月 12 日"],
    ["split-word", "王⏎晋豫"],
    ["split-number", "1 月⏎28日"],
    ["punctuation-spacing", "》 等"],
  ];
  for (const [code, text] of expected) {
    check(findings(code).some((it) => words(it) === text), `${code}: ${text}`);
  }
  check(findings().every((it) => it.source === "jiaodui"), "every finding is signed jiaodui");

  // What editors ask.
  const cut = findings("split-word").find((it) => words(it) === "王⏎晋豫");
  const cards = await Promise.all(
    [cut?.range.start, cut?.range.end.translate(0, -1)].map(async (place) => {
      const hovers = await executeCommand("vscode.executeHoverProvider", uri, place);
      return hovers.flatMap((it) => it.contents.map((part) => part.value ?? part)).join("\n");
    }),
  );
  check(cards[0].includes("王晋豫") && cards[0] === cards[1], "the same card on both halves of 王⏎晋豫");
  const symbols = await executeCommand("vscode.executeDocumentSymbolProvider", uri);
  check(symbols.length === 9, `articles in the outline: ${symbols.length}`);
  const folds = await executeCommand("vscode.executeFoldingRangeProvider", uri);
  check(folds.length >= 9, `folds: ${folds.length}`);

  // A quick fix in the buffer.
  const spaced = findings("date-spacing").find((it) => words(it) === "2016 年");
  const actions = await executeCommand("vscode.executeCodeActionProvider", uri, spaced.range, "quickfix");
  const fix = actions.find((it) => it.isPreferred);
  check(fix !== undefined && (await vscode.workspace.applyEdit(fix.edit)), `quick fix: ${fix?.title}`);
  check(document.getText().includes("\n2016年，"), "it is 2016年 now");
  check(await until(() => !findings("date-spacing").some((it) => words(it) === "2016 年")), "and the finding is gone");

  // Settings: a rule switched off is silent, and comes back.
  const rules = vscode.workspace.getConfiguration("jiaodui");
  const off = "rules.hard-wrap.severity";
  if (rules.inspect(off) !== undefined) {
    await rules.update(off, "off", vscode.ConfigurationTarget.Workspace);
    check(await until(() => findings("hard-wrap").length === 0), "a rule that is switched off is silent");
    await rules.update(off, undefined, vscode.ConfigurationTarget.Workspace);
    check(await until(() => findings("hard-wrap").length > 0), "and speaks again when switched on");
  }

  // Commands.
  const { length } = document.getText();
  editor.selection = new vscode.Selection(cut.range.start, cut.range.start);
  await executeCommand("jiaodui.editor.joinParagraph");
  check(document.getText().includes("第一书记王晋豫就是其中一员。"), "the paragraph is joined");
  check(document.getText().includes("一面旗\n帜"), "and the others are not");
  await executeCommand("jiaodui.editor.joinDocument");
  check(document.getText().includes("一面旗帜"), "the document is joined");
  await executeCommand("jiaodui.editor.fixAll");
  check(document.getText().length < length, "all is fixed");
  const edits = await executeCommand("vscode.executeFormatDocumentProvider", uri, { tabSize: 4, insertSpaces: true });
  check((edits ?? []).length === 0, "formatting has nothing more to do");

  // A document that was never saved.
  const loose = await vscode.workspace.openTextDocument({ language: "plaintext", content: "2 月30日，２０２０年⼈民。\n" });
  check(
    await until(() => vscode.languages.getDiagnostics(loose.uri).length > 0),
    `an unsaved document is proofread: ${vscode.languages.getDiagnostics(loose.uri).map((it) => it.message)}`,
  );

  await executeCommand("jiaodui.restart");
  check(await until(() => vscode.languages.getDiagnostics(loose.uri).length > 0), "after a restart there are findings");
}

exports.run = async () => {
  const root = vscode.workspace.workspaceFolders[0].uri;
  await tests(root).catch((error) => check(false, error?.stack ?? String(error)));
  const file = vscode.Uri.joinPath(root, "results.json").fsPath;
  fs.writeFileSync(`${file}.new`, JSON.stringify(results));
  fs.renameSync(`${file}.new`, file);
};
