// Tests in the real VS Code:  node test/run.mjs --code-server PROGRAM --vsix FILE [--log FILE] [ui] [api] [pictures]
import { parseArgs } from "node:util";
import { api } from "./api.mjs";
import { pictures } from "./pictures.mjs";
import { ui } from "./ui.mjs";
import { CodeServer } from "./workbench.mjs";

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

const server = await CodeServer.start({ program: values["code-server"], vsix: values.vsix, log: values.log });
try {
  for (const leg of [ui, api, pictures]) {
    if (positionals.length === 0 ? leg !== pictures : positionals.includes(leg.name)) {
      await leg(server, check);
    }
  }
} finally {
  await server.stop();
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
