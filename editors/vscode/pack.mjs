// Packs the extension with a server inside: node pack.mjs --binary FILE [--target linux-x64] [--out FILE.vsix]
import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, "../..");
const { values } = parseArgs({
  options: {
    binary: { type: "string" },
    target: { type: "string", default: `${process.platform}-${process.arch}` },
    out: { type: "string" },
  },
});
if (values.binary === undefined) {
  throw new Error("name the server's program: --binary FILE");
}
const binary = resolve(values.binary);
const out = resolve(values.out ?? `jiaodui-${values.target}.vsix`);

process.chdir(here);
rmSync("server", { recursive: true, force: true });
mkdirSync("server");
const name = values.target.startsWith("win32") ? "jiaodui.exe" : "jiaodui";
cpSync(binary, `server/${name}`);
chmodSync(`server/${name}`, 0o755);
// The page of the walkthrough.
cpSync(`${root}/seeds/jiaozuo-daily-2020-02.txt`, "sample.txt");
for (const licence of ["LICENSE-MIT", "LICENSE-APACHE"]) {
  if (existsSync(`${root}/${licence}`)) {
    cpSync(`${root}/${licence}`, `${licence}.txt`);
  }
}
const run = (script, ...rest) => execFileSync(process.execPath, [script, ...rest], { stdio: "inherit" });
run("esbuild.mjs");
// The extension is one bundle, so no dependency travels along; the licence files have names that vsce does not look for.
// Its pictures stay where they are: there is no address yet that they could be had from.
const options = ["--no-dependencies", "--allow-missing-repository", "--skip-license", "--no-rewrite-relative-links"];
run("node_modules/@vscode/vsce/vsce", "package", ...options, "--target", values.target, "--out", out);
