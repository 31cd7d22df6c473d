/** Light and dark as the reader's system is, and printable. Verdicts have a sign and a word beside their colour. */
export const pageStyle = `
:root { color-scheme: light dark; --text: light-dark(#1b1b1f, #ececf1); --quiet: light-dark(#5c5c66, #a5a5b0);
  --line: light-dark(#dcdce2, #35353d); --back: light-dark(#ffffff, #16161a); --raised: light-dark(#f6f6f8, #1f1f25);
  --held: light-dark(#176b3a, #6ad59a); --crossed: light-dark(#b3131d, #ff8a8f); --inconclusive: light-dark(#8a5a00, #f0b95a); }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--text); font: 15px/1.55 system-ui, sans-serif; }
main { max-width: 78rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
h1 { font-size: 1.75rem; margin: 0 0 1rem; letter-spacing: -0.01em; }
h2 { font-size: 1.2rem; margin: 2.5rem 0 0.75rem; }
h3 { font-size: 1rem; margin: 2rem 0 0.25rem; scroll-margin-top: 1rem; }
p { max-width: 46rem; margin: 0 0 0.75rem; }
.verdict { padding: 0.9rem 1.1rem; border: 1px solid currentColor; border-radius: 0.6rem; font-weight: 600; max-width: none; }
.held { color: var(--held); } .crossed { color: var(--crossed); } .inconclusive { color: var(--inconclusive); } .minor { color: var(--quiet); }
dl { display: flex; flex-wrap: wrap; gap: 0.5rem 2.5rem; margin: 1.25rem 0 0; }
dt { color: var(--quiet); font-size: 0.85rem; } dd { margin: 0; }
code { font: 0.9em ui-monospace, monospace; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: 0.6rem; }
table { border-collapse: collapse; font-size: 0.85rem; }
th, td { border-bottom: 1px solid var(--line); padding: 0.35rem 0.6rem; text-align: start; vertical-align: top; }
tbody tr:last-child > * { border-bottom: 0; }
a { color: inherit; text-decoration: none; } p a, li a, thead a:hover { text-decoration: underline; }
small { color: var(--quiet); }
:focus-visible { outline: 2px solid currentColor; outline-offset: 2px; border-radius: 2px; }
@media print { main { max-width: none; padding: 0; } .scroll { overflow: visible; border: 0; } }`;
