#!/usr/bin/env node
// Starts the program of this platform with the same arguments, input and output, and ends as it ends.
const { spawn } = require("node:child_process");

const name = `jiaodui-${process.platform}-${process.arch}`;
const file = process.platform === "win32" ? "jiaodui.exe" : "jiaodui";
let program;
try {
  program = require.resolve(`${name}/bin/${file}`);
} catch {
  console.error(`jiaodui: npm has no ${name}; install with optional dependencies, or build it: cargo install jiaodui`);
  process.exit(2);
}
const child = spawn(program, process.argv.slice(2), { stdio: "inherit" });
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => child.kill(signal));
}
child.on("error", (error) => {
  console.error(`jiaodui: ${error.message}`);
  process.exit(2);
});
child.on("exit", (code, signal) => {
  if (signal !== null) {
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  }
  process.exit(code ?? 1);
});
