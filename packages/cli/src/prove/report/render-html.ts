import type { Cell } from "../proof.ts";
import { concludeProof, fieldOf, readMatrix, type Field, type JudgedProof } from "./judge-proof.ts";
import { escapeHtml } from "../../page/escape-html.ts";
import { renderFacts, renderPage } from "../../page/render-page.ts";
import { reportStyle } from "./report-style.ts";

const words = { held: "held", crossed: "crossed", inconclusive: "undecided", minor: "crossed, information" } as const;
const signs = { held: "✓", crossed: "✕", inconclusive: "?", minor: "i" } as const;

/** One page for a reviewer: nothing is loaded from anywhere, and nothing runs. */
export function renderHtml(judged: JudgedProof): string {
  const { isProven, subject, roles, database, server, madeAt } = judged;
  return renderPage({
    title: `${isProven ? "Proven" : "Not proven"}: tenant isolation`,
    style: reportStyle,
    body: `<h1>Tenant isolation</h1>
<p class="verdict ${isProven ? "held" : "crossed"}">${escapeHtml(concludeProof(judged))}</p>
${renderFacts([
  ["Database", database],
  ["Postgres", server],
  ["Made", `${madeAt.toISOString().slice(0, 16).replace("T", " ")} UTC`],
  ["Organizations table", subject.organizationsTable],
  ["Tenant column", subject.tenantColumn],
  ["Context", subject.contextSettings.join(", ")],
  ["Role that serves", roles.join(", ")],
])}
${openSection(judged)}
${judged.roles.map((role) => matrixSection(judged, role)).join("\n")}
${methodSection}
${evidenceSection(judged)}
${blankSection(judged)}`,
  });
}

function openSection({ open, known, attacks }: JudgedProof): string {
  if (open.length === 0) return "";
  const items = open.map((cell) => {
    const mark = known.has(cell.cacheKey) ? " <em>known</em>" : "";
    return `<li><a href="#${anchor(cell.attack)}">${escapeHtml(titleOf(attacks, cell.attack))}</a>, <code>${escapeHtml(place(cell))}</code>: <span class="${cell.verdict}">${words[cell.verdict]}</span>. ${escapeHtml(cell.detail)}${mark}</li>`;
  });
  return `<section><h2>Open</h2><ul>${items.join("\n")}</ul></section>`;
}

function matrixSection(judged: JudgedProof, role: string): string {
  const { attacks, objects, roles } = judged;
  const verdictOf = readMatrix(judged, role);
  const heads = attacks.map(
    ({ name, title }) => `<th scope="col"><a href="#${anchor(name)}"><span>${escapeHtml(title)}</span></a></th>`,
  );
  const rows = objects.map((object) => {
    const fields = attacks.map(({ name, title }) => {
      const worst = verdictOf(object, name);
      if (worst === null) return `<td></td>`;
      const label = `${title}, ${object}: ${words[worst]}`;
      return `<td class="${worst}"><a href="#${anchor(name)}" title="${escapeHtml(label)}" aria-label="${escapeHtml(label)}">${signs[worst]}</a></td>`;
    });
    return `<tr><th scope="row">${escapeHtml(object)}</th>${fields.join("")}</tr>`;
  });
  const title = roles.length > 1 ? `Matrix as ${escapeHtml(role)}` : "Matrix";
  return `<section><h2>${title}</h2><div class="scroll" tabindex="0" role="region" aria-label="${title}"><table class="matrix"><thead><tr><td></td>${heads.join("")}</tr></thead><tbody>${rows.join("\n")}</tbody></table></div>
<p class="key"><span class="held">✓</span> held <span class="crossed">✕</span> crossed <span class="inconclusive">?</span> could not be decided <span class="minor">i</span> crossed, below the level that counts; blank: nothing of the kind is there</p></section>`;
}

const methodSection = `<section><h2>Method</h2>
<p>Two organizations, A and B, were made in the database with a row each in every table that holds tenants' rows. Then each attempt was
made as the role that serves tenants, in the context of A, and taken back. It counts as reached when its effect is there: a row that came
back, or a row of B's that another look, past row security, finds changed or gone.</p>
<p>An attempt is called held only where both of its controls reached: the same attempt on A's own row (given the privilege or a
policy first, where A has none), and the same attempt on B's row after row security, privileges and the constraint that it meets were taken away. Where
a control did not reach, the attempt proves nothing and is called undecided.</p></section>`;

function evidenceSection({ attacks, cells, known, open }: JudgedProof): string {
  const sections = attacks.map(({ name, title, explains }) => {
    const rows = cells
      .filter(({ attack }) => attack === name)
      .map((cell) => evidenceRow(cell, { field: fieldOf(cell, open), isKnown: known.has(cell.cacheKey) }));
    if (rows.length === 0) return "";
    return `<h3 id="${anchor(name)}">${escapeHtml(title)}</h3><p>${escapeHtml(explains)}</p><div class="scroll" tabindex="0" role="region" aria-label="${escapeHtml(title)}"><table class="evidence"><thead><tr><th scope="col">Object</th><th scope="col">Verdict</th><th scope="col">Held by</th><th scope="col">A against B</th><th scope="col">Control: A's own</th><th scope="col">Control: without protection</th></tr></thead><tbody>${rows.join("\n")}</tbody></table></div>`;
  });
  return `<section><h2>Evidence</h2>${sections.join("\n")}</section>`;
}

function evidenceRow(cell: Cell, { field, isKnown }: { field: Field; isKnown: boolean }): string {
  const { heldBy, detail, controls } = cell;
  const fields = [heldBy ?? "", detail, controls.own ?? "reached nothing", controls.unprotected ?? "reached nothing"];
  return `<tr><th scope="row">${escapeHtml(place(cell))}</th><td class="${field}">${words[field]}${isKnown ? " (known)" : ""}</td>${fields.map((each) => `<td>${escapeHtml(each)}</td>`).join("")}</tr>`;
}

function blankSection({ notApplicable, attacks }: JudgedProof): string {
  const byReason = new Map<string, Set<string>>();
  for (const { attack, object, reason } of notApplicable) {
    const why = `${titleOf(attacks, attack)}: ${reason}`;
    byReason.set(why, (byReason.get(why) ?? new Set()).add(object));
  }
  const items = [...byReason].map(
    ([reason, objects]) => `<li>${escapeHtml(reason)} <small>${escapeHtml([...objects].join(", "))}</small></li>`,
  );
  return `<section><h2>Not tried</h2><details><summary>Why fields of the matrix are blank</summary><ul>${items.join("\n")}</ul></details></section>`;
}

function titleOf(attacks: JudgedProof["attacks"], attack: string): string {
  return attacks.find(({ name }) => name === attack)?.title ?? attack;
}

function place({ object, about }: Cell): string {
  return about === "" ? object : `${object} (${about})`;
}

function anchor(attack: string): string {
  return `attack-${attack}`;
}
