import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "../logical-directions.mjs";
import { findingsIn } from "./fixture-repository.mjs";

const sided = [
  "ml-2",
  "mr-auto",
  "-ml-2",
  "pl-[3px]",
  "md:pr-4",
  "md:hover:!pl-4",
  "data-[state=open]:ml-1",
  "group-hover/row:mr-2",
  "left-0",
  "-right-1",
  "right-1/2",
  "left-[3px]",
  "text-left",
  "sm:text-right",
  "float-left",
  "border-l",
  "border-r-2",
  "rounded-l-lg",
  "rounded-tr",
  "scroll-ml-2",
];
for (const token of sided) {
  test(`${token} is refused`, async () => {
    const file = `export const a = <p className="flex ${token} grow">Text</p>;`;
    const findings = await findingsIn(run, { "apps/web/design/a.tsx": file });
    assert.equal(findings.length, 1);
    assert.match(findings[0], /^apps\/web\/design\/a\.tsx:1: .*fixed to a side/);
  });
}

for (const style of ["margin-left: 2px;", "  right: 0;", "style={{ paddingRight: 4 }}", "border-left-width: 1px;"]) {
  test(`the style ${style} is refused`, async () => {
    assert.equal((await findingsIn(run, { "apps/web/app/a.css": style })).length, 1);
  });
}

test("logical classes, words of a sentence, names, comments and other folders are let through", async () => {
  const files = {
    "apps/web/design/a.tsx": [
      '<p className="ms-2 me-auto ps-4 -end-2 start-0 text-start border-s rounded-e-lg inset-x-0 mx-2 border-line">',
      "  It is left out, right-to-left and left over: all right.",
      "// margin-left would be wrong",
      " * so would ml-2",
      '<ChevronLeft className="rounded-lg mt-2 placeholder:text-muted" />',
      "const left = 1; const answer = { html, ltr: right };",
      'import { a } from "@/design/right-pane";',
    ].join("\n"),
    "apps/web/test/a.test.ts": '"ml-2"',
    "docs/a.md": "ml-2",
    "packages/rowhouse/src/a.ts": '"ml-2"',
  };
  assert.deepEqual(await findingsIn(run, files), []);
});
