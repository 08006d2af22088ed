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

/** What the semantic tokens of a type stand on; people have that of classes, places that of namespaces. */
function wordsOf(document, legend, tokens, kind) {
  const found = [];
  let line = 0;
  let character = 0;
  for (let at = 0; at + 4 < tokens.data.length; at += 5) {
    const [lines, characters, length, type] = tokens.data.subarray(at, at + 4);
    character = lines === 0 ? character + characters : characters;
    line += lines;
    if (legend.tokenTypes[type] === kind) {
      found.push(document.getText(new vscode.Range(line, character, line, character + length)));
    }
  }
  return found;
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
  // Names have colours of their own; a name that the column cut has one stretch on either line.
  const legend = await executeCommand("vscode.provideDocumentSemanticTokensLegend", uri);
  const tokens = await executeCommand("vscode.provideDocumentSemanticTokens", uri);
  const people = wordsOf(document, legend, tokens, "class");
  check(people.includes("王") && people.includes("晋豫"), `people are coloured, both halves of 王⏎晋豫: ${people.length}`);
  const places = wordsOf(document, legend, tokens, "namespace");
  check(places.some((it) => it.includes("焦作")), `so are places: ${[...new Set(places)].slice(0, 5)}`);

  // A name is renamed wherever it stands, and its line end stays.
  const offered = await executeCommand("vscode.prepareRename", uri, cut.range.end.translate(0, -1));
  check(offered?.placeholder === "王晋豫", `rename offers the whole name from its second half: ${offered?.placeholder}`);
  const refused = await executeCommand("vscode.prepareRename", uri, findings("date-spacing")[0].range.start).then(
    (it) => it?.placeholder ?? "",
    (error) => String(error.message ?? error),
  );
  check(/不|没有|无/.test(refused), `a date is not renamed, and the reader is told why: ${refused}`);
  const times = (text, word) => text.split(word).length - 1;
  const original = document.getText();
  const named = times(original.replaceAll("\n", ""), "王晋豫");
  const renamed = await executeCommand("vscode.executeDocumentRenameProvider", uri, cut.range.start, "王晋裕");
  check(renamed !== undefined && (await vscode.workspace.applyEdit(renamed)), "the rename can be made");
  const now = document.getText().replaceAll("\n", "");
  check(times(now, "王晋豫") === 0 && times(now, "王晋裕") === named, `all ${named} are renamed, that across a line end too`);
  check(document.lineCount === original.split("\n").length, "no line was joined by it");
  await executeCommand("undo");
  check(await until(() => document.getText() === original), "one undo takes it back");
  await until(() => findings("split-word").some((it) => words(it) === "王⏎晋豫"));

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

  // What a report of a fault should say.
  await executeCommand("jiaodui.showDebugInformation");
  const report = vscode.window.activeTextEditor.document.getText();
  check(/program: .*server\/jiaodui \(bundled\)/.test(report) && /version: jiaodui \d/.test(report), "the debug information names the program and its version");
  check(/state: Running/.test(report) && !report.includes("焦作"), "and the server's state, and no text of the document");

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
