import { existsSync } from "node:fs";
import { join } from "node:path";

const folders = ["/usr/bin", "/usr/local/bin", "/snap/bin", "/opt/homebrew/bin"];
const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const elsewhere = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/** Said before minutes of tests, and never skipped: a browser test that did not run proves nothing. */
export function assertChromium(
  candidates = [...folders.flatMap((folder) => names.map((name) => join(folder, name))), ...elsewhere],
) {
  if (candidates.some((file) => existsSync(file))) return;
  throw new Error(
    "The browser tests need Chromium and none was found. Install it (Debian, Ubuntu: apt-get install -y --no-install-recommends chromium fonts-liberation) and run this again.",
  );
}
