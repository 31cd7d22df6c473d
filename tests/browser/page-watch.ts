import type { BrowserContext, Page, Request } from "playwright-core";

/**
 * Notes what no page may do: write to the console's error log (hydration and Content-Security-Policy complaints go there),
 * throw, open a dialog, fail a request, or get a 5xx.
 */
export class PageWatch {
  readonly #findings: string[] = [];
  readonly #allowed: RegExp[] = [];

  constructor(context: BrowserContext) {
    context.on("page", (page) => this.#follow(page));
    context.on("requestfailed", (request) => this.#noteFailed(request));
    context.on("response", (response) => {
      if (response.status() >= 500) this.#findings.push(`${response.status()} from ${response.url()}`);
    });
    context.on("weberror", (error) => this.#findings.push(`thrown: ${String(error.error())}`));
    context.on("console", (message) => {
      const { type, text, url } = { type: message.type(), text: message.text(), url: message.location().url };
      if (type === "error" || /hydrat/i.test(text)) this.#findings.push(`console.${type}: ${text} (${url})`);
    });
    context.on("dialog", (dialog) => {
      this.#findings.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
  }

  /** The browser itself logs each answer of 4xx; a test that asks for one says so. */
  allow(finding: RegExp): void {
    this.#allowed.push(finding);
  }

  /** What was found and not allowed. */
  findings(): string[] {
    return this.#findings.filter((finding) => !this.#allowed.some((allowed) => allowed.test(finding)));
  }

  #follow(page: Page): void {
    page.on("crash", () => this.#findings.push(`crashed: ${page.url()}`));
  }

  #noteFailed(request: Request): void {
    const reason = request.failure()?.errorText ?? "";
    // Leaving a page ends what it was still prefetching.
    if (reason !== "net::ERR_ABORTED") this.#findings.push(`failed: ${request.method()} ${request.url()} ${reason}`);
  }
}
