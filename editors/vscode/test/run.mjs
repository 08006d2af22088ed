// Tests in the real VS Code:  node test/run.mjs --code-server PROGRAM --vsix FILE [--log FILE] [ui] [api] [folders] [restricted] [pictures]
import { parseArgs } from "node:util";
import { api } from "./api.mjs";
import { pictures } from "./pictures.mjs";
import { ui } from "./ui.mjs";
import { CodeServer } from "./workbench.mjs";
import { folders, restricted } from "./folders.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { "code-server": { type: "string" }, vsix: { type: "string" }, log: { type: "string" } },
});
let passed = 0;
let failed = 0;
const began = Date.now();
const check = (holds, what) => {
  if (holds) {
    passed += 1;
  } else {
    failed += 1;
  }
  console.log(`${holds ? "ok    " : "FAILED"} ${((Date.now() - began) / 1000).toFixed(1).padStart(5)} s  ${what}`);
};

const start = { program: values["code-server"], vsix: values.vsix, log: values.log };
const wanted = (leg) => (positionals.length === 0 ? leg !== pictures : positionals.includes(leg.name));
for (const [legs, more] of [
  [[ui, api, folders, pictures], {}],
  [[restricted], { trust: true }],
]) {
  if (!legs.some(wanted)) {
    continue;
  }
  const server = await CodeServer.start({ ...start, ...more });
  try {
    for (const leg of legs.filter(wanted)) {
      await leg(server, check);
    }
  } finally {
    await server.stop();
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
