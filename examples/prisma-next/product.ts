import { defineExampleTenancy, type ExampleTenancy } from "../start/example-tenancy.ts";
import { Sessions } from "../start/sessions.ts";
import { runtimeUrl, settings } from "./settings.ts";

interface Product {
  readonly tenancy: ExampleTenancy;
  readonly sessions: Sessions;
}

let opened: Product | undefined;

/** Opened with the first request, not while Next builds. */
export function getProduct(): Product {
  opened ??= { tenancy: defineExampleTenancy(runtimeUrl.read()), sessions: new Sessions(settings.secret) };
  return opened;
}

/** Puts another in its place, for tests. */
export function setProduct(product: Product): void {
  opened = product;
}
