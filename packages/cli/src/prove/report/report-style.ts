/** The matrix of a proof and its evidence. */
export const reportStyle = `
.matrix th[scope="row"], .evidence th[scope="row"] { font: 0.85rem ui-monospace, monospace; white-space: nowrap; }
.matrix th[scope="row"] { position: sticky; inset-inline-start: 0; background: var(--back); }
.matrix thead th { vertical-align: bottom; padding: 0.5rem 0.25rem; }
.matrix thead span { writing-mode: vertical-rl; transform: rotate(180deg); white-space: nowrap; font-weight: 500; }
.matrix td { text-align: center; padding: 0.25rem; } .matrix td a { display: block; min-width: 1.5rem; font-weight: 700; }
.matrix td.crossed, .matrix td.inconclusive { background: var(--raised); }
.evidence { width: 100%; } .evidence td { min-width: 8rem; overflow-wrap: anywhere; } .evidence thead { background: var(--raised); }
.key { color: var(--quiet); font-size: 0.85rem; margin-top: 0.5rem; }`;
