import { spawn } from "node:child_process";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { forgetInstall, isInstalled, rememberInstall } from "./install/install-stamp.mjs";
import { takeInstallLock } from "./install/install-lock.mjs";

const oldestNode = [20, 19];

// Install scripts stay off: esbuild's only speeds up its start, and the embedded Postgres is completed by
// packages/local-postgres. That also keeps npm from warning about scripts nobody approved, and keeps third-party
// code from running on install. Development and optional packages are named because NODE_ENV=production or a
// user's own npm settings would otherwise leave them out.
const installArguments = ["ci", "--ignore-scripts", "--include=dev", "--include=optional", "--no-audit", "--no-fund"];

/**
 * Makes node_modules match package-lock.json, and does nothing when it already does. Safe to call from several
 * processes at once and after a kill at any moment. On failure prints one line and ends the process with code 1.
 *
 * @param {string} [root] the folder of package-lock.json; by default this repository
 * @returns {Promise<void>}
 */
export async function ensureInstalled(root = resolve(dirname(fileURLToPath(import.meta.url)), "..")) {
  try {
    assertSupportedNode();
    if (isInstalled(root)) return;
    const lock = await takeInstallLock(root, {
      onWait: (pid) => console.log(`Waiting for process ${pid} to install.`),
    });
    try {
      if (!isInstalled(root)) await install(root, lock);
    } finally {
      lock.release();
    }
  } catch (error) {
    console.error(describeFailure(error));
    process.exit(1);
  }
}

async function install(root, lock) {
  console.log("Installing dependencies (about a minute the first time) …");
  forgetInstall(root);
  const { code, signal, output } = await runNpm(root, (pid) => lock.include(pid));
  if (code !== 0) {
    throw new Error(`Installing dependencies failed: ${summarize(output, { code, signal })}. ${adviceFor(output)}`);
  }
  rememberInstall(root);
}

/** The version of Node is checked by hand: npm's own engine message comes after a stack of others. */
function assertSupportedNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return;
  const wanted = oldestNode.join(".");
  throw new Error(
    `Node ${process.versions.node} is too old: Rowhouse needs ${wanted} or newer. Install it and run this again.`,
  );
}

function runNpm(root, onStart) {
  return new Promise((done, fail) => {
    // npm is a .cmd file on Windows, which only a shell can start; the arguments are constants.
    const npm = spawn("npm", installArguments, {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
      shell: process.platform === "win32",
    });
    let output = "";
    npm.stdout.on("data", (chunk) => (output += chunk));
    npm.stderr.on("data", (chunk) => (output += chunk));
    npm.once("error", (cause) =>
      fail(new Error("npm could not be started. Install Node with npm and run this again.", { cause })),
    );
    npm.once("close", (code, signal) => done({ code, signal, output }));
    if (npm.pid !== undefined) onStart(npm.pid);
  });
}

function summarize(output, { code, signal }) {
  if (signal) return `npm was stopped by ${signal}`;
  const lines = output
    .split("\n")
    .filter((line) => line.startsWith("npm error "))
    .map((line) => line.slice("npm error ".length).trim())
    .filter((line) => line !== "" && !line.startsWith("A complete log") && !/^(errno|syscall|at)\b/.test(line));
  return lines.length === 0 ? `npm ended with code ${code}` : lines.slice(0, 3).join("; ").replace(/\.$/, "");
}

function adviceFor(output) {
  if (/\bcode (ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|ERR_SOCKET_TIMEOUT)\b/.test(output)) {
    return "Check the network and npm's registry and proxy settings, then run this again.";
  }
  if (/\bcode ENOSPC\b/.test(output)) return "Free some disk space, then run this again.";
  if (/\bcode (EACCES|EPERM|EROFS)\b/.test(output))
    return "Make the folder that is named writable, then run this again.";
  if (/can only install packages when/.test(output)) return "Run `npm install` to bring package-lock.json up to date.";
  return "Run `npm ci` to see the whole message.";
}

function describeFailure(error) {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error ? error.code : undefined;
  if (code === "EACCES" || code === "EPERM" || code === "EROFS") {
    return `Installing dependencies failed: ${error.message}. Make the folder of the checkout writable, then run this again.`;
  }
  return error.message;
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url))
  await ensureInstalled();
