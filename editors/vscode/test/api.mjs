// Has the extension host run `inside/index.js`, where VS Code's whole API is at hand.
import { existsSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Workbench } from "./workbench.mjs";

const here = dirname(fileURLToPath(import.meta.url));

/** A built workbench looks at `extensionTestsPath` only where its own page says that it is under test. */
function underTest() {
  const find = Document.prototype.getElementById;
  Document.prototype.getElementById = function (id) {
    const element = find.call(this, id);
    if (id === "vscode-workbench-web-configuration" && element !== null && !element.underTest) {
      element.underTest = true;
      const configuration = JSON.parse(element.getAttribute("data-settings"));
      configuration.developmentOptions = { ...configuration.developmentOptions, enableSmokeTestDriver: true };
      element.setAttribute("data-settings", JSON.stringify(configuration));
    }
    return element;
  };
}

export async function api(server, check) {
  server.reset();
  const results = join(server.folder, "results.json");
  rmSync(results, { force: true });
  const remote = (path) => `vscode-remote://127.0.0.1:${server.port}${path}`;
  const payload = [
    ["extensionDevelopmentPath", remote(join(here, "inside"))],
    ["extensionTestsPath", remote(join(here, "inside/index.js"))],
  ];
  const query = `&payload=${encodeURIComponent(JSON.stringify(payload))}`;
  const it = await Workbench.open(server, { language: "zh-cn", query, extra: underTest });
  try {
    const done = await it.until(() => existsSync(results), 120_000);
    const found = done ? JSON.parse(readFileSync(results, "utf8")) : [[false, "the tests inside the extension host end"]];
    found.forEach(([holds, what]) => check(holds, what));
  } finally {
    await it.close();
  }
}
