// Makes two npm packages: node build.mjs --binary FILE --out FOLDER [--platform linux-x64]
// `jiaodui` starts the program; `jiaodui-PLATFORM` carries it, and is the one of its optional dependencies that npm
// installs on that platform.
import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const PLATFORMS = ["linux-x64", "linux-arm64", "darwin-x64", "darwin-arm64", "win32-x64", "win32-arm64"];
const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, "../..");
const { values } = parseArgs({
  options: {
    binary: { type: "string" },
    out: { type: "string" },
    platform: { type: "string", default: `${process.platform}-${process.arch}` },
  },
});
if (values.binary === undefined || values.out === undefined) {
  throw new Error("name the program and where to put the packages: --binary FILE --out FOLDER");
}
const { version } = JSON.parse(
  execFileSync("cargo", ["metadata", "--no-deps", "--format-version", "1"], { cwd: root, encoding: "utf8" }),
).packages[0];
const common = {
  version,
  license: "MIT OR Apache-2.0",
  description: "校对: a language server and command line that proofreads Chinese text out of newspaper PDFs and OCR",
};
const [os, cpu] = values.platform.split("-");
const program = os === "win32" ? "jiaodui.exe" : "jiaodui";
const out = resolve(values.out);

/** A package of this description, with what `fill` puts beside it; packed. */
function pack(description, fill) {
  const folder = join(out, description.name);
  mkdirSync(join(folder, "bin"), { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ ...common, ...description }, null, 2));
  for (const licence of ["LICENSE-MIT", "LICENSE-APACHE"]) {
    cpSync(join(root, licence), join(folder, licence));
  }
  fill(folder);
  execFileSync("npm", ["pack", "--silent", "--pack-destination", out], { cwd: folder, stdio: "inherit" });
}

pack({ name: `jiaodui-${values.platform}`, os: [os], cpu: [cpu], files: ["bin"] }, (folder) => {
  cpSync(values.binary, join(folder, "bin", program));
  chmodSync(join(folder, "bin", program), 0o755);
});
pack(
  {
    name: "jiaodui",
    bin: { jiaodui: "bin/jiaodui.js" },
    files: ["bin"],
    engines: { node: ">=18" },
    optionalDependencies: Object.fromEntries(PLATFORMS.map((it) => [`jiaodui-${it}`, version])),
  },
  (folder) => {
    writeFileSync(join(folder, "bin/jiaodui.js"), readFileSync(join(here, "launcher.js")), { mode: 0o755 });
    cpSync(join(root, "README.md"), join(folder, "README.md"));
  },
);
