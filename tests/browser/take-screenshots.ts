import { mkdir } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium, type Page } from "playwright-core";
import { demoPassword, demoPeople, seedDemo } from "../../apps/web/start/demo.ts";
import { startProduct, type StartedProduct } from "../setup/start-product.ts";

// By hand, after the look has changed: npx tsx --conditions=rowhouse-source tests/browser/take-screenshots.ts

const images = fileURLToPath(new URL("../../docs/images", import.meta.url));
const tsconfig = fileURLToPath(new URL("../../apps/web/tsconfig.json", import.meta.url));

/** The README's pictures: the demo's projects, light and dark. */
async function takeScreenshots(product: StartedProduct): Promise<void> {
  const password = demoPassword();
  // The product's own paths (`@/…`) are known to its own tsconfig.
  const environment = { ...product.environment, TSX_TSCONFIG_PATH: tsconfig };
  await seedDemo(environment, password, new AbortController().signal);
  const browser = await chromium.connect(product.browserEndpoint);
  const page = await browser.newPage({ baseURL: product.url, viewport: { width: 1280, height: 800 } });
  await signIn(page, { email: demoPeople[0].email, password });
  await page.getByRole("navigation", { name: "Organization" }).getByRole("link", { name: "Projects" }).click();
  await page.getByRole("list", { name: "Projects" }).waitFor();
  await page.mouse.move(1279, 799);
  await mkdir(images, { recursive: true });
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.screenshot({ path: path.join(images, `projects-${colorScheme}.png`) });
  }
  await browser.close();
}

async function signIn(page: Page, { email, password }: { email: string; password: string }): Promise<void> {
  await page.goto("/sign-in?next=%2Fnorthwind-studio%2Fdashboard");
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL("**/northwind-studio/dashboard");
}

const product = await startProduct();
try {
  await takeScreenshots(product);
} finally {
  await product.stop();
}
