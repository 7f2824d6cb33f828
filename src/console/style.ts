/** The console's one style sheet: follows the reader's light or dark preference, works at phone width. */
export const CONSOLE_CSS = `
:root { color-scheme: light dark; --ink: #1c2026; --paper: #fbfaf7; --line: #d8d5cc; --well: #17663a; --ill: #a8201a; --link: #0b4f8a; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e7e5df; --paper: #16181c; --line: #3a3d44; --well: #6fd39a; --ill: #ff8f85; --link: #8fc3f5; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 72rem; padding: 1rem; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
header { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0.5rem 2rem; border-bottom: 1px solid var(--line); }
h1 { margin: 0; font-size: 1.5rem; }
h2 { margin: 1.5rem 0 0.5rem; font-size: 1.1rem; }
nav a { margin-inline-end: 1rem; }
a { color: var(--link); }
.lead { font-size: 1.15rem; }
.well { color: var(--well); }
.ill { color: var(--ill); }
.checks { margin: 0; padding: 0; list-style: none; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { padding: 0.25rem 0.75rem 0.25rem 0; border-bottom: 1px solid var(--line); text-align: start; vertical-align: top; font-variant-numeric: tabular-nums; }
thead th { font-weight: 600; white-space: nowrap; }
tbody th { font-weight: 500; }
code { font: 0.875em ui-monospace, monospace; overflow-wrap: anywhere; }
footer { margin-top: 2rem; font-size: 0.875rem; }
`;
