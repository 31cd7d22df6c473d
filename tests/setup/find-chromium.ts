import { constants } from "node:fs";
import { access } from "node:fs/promises";
import path from "node:path";

const folders = ["/usr/bin", "/usr/local/bin", "/snap/bin", "/opt/homebrew/bin"];
const names = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const elsewhere = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/** The path of an installed Chromium. @throws TypeError that says how to install one: a skipped browser test proves nothing */
export async function findChromium(): Promise<string> {
  const candidates = [...folders.flatMap((folder) => names.map((name) => path.join(folder, name))), ...elsewhere];
  for (const candidate of candidates) if (await isExecutable(candidate)) return candidate;
  throw new TypeError(
    `No Chromium was found; looked for ${names.join(", ")} in ${folders.join(", ")}. ` +
      "Install one (Debian and Ubuntu: apt-get install -y --no-install-recommends chromium-headless-shell fonts-liberation) and run again.",
  );
}

async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false, // absent, which is what is asked
  );
}
