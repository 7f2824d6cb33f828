/** `npm run bench -- segmentation-weights`: learns the weights of cuts, tells by cross-validation how far they hold, writes them. */
import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { packageRoot } from '../../src/package-root.js';
import { EVIDENCE } from '../../src/story/cut-evidence.js';
import { LEAD_EVIDENCE } from '../../src/story/leads.js';
import { pageEvidence } from '../../src/story/page-evidence.js';
import { pullPeers } from '../../src/story/peers.js';
import { corpusFolder, type Benchmark } from '../benchmark.js';
import { fitLogistic, scoreOf, type Example, type Fit } from './logistic.js';
import { labelledPages, singlePages, type LabelledPage } from './pages.js';

/** Known by hand, where the labelled pages have none of it. */
const PRIORS: Partial<Record<(typeof EVIDENCE)[number], number>> = { 'language-changed': 3, 'deeper-level': -1, 'headline-pattern': 3 };
const DRAW = 3e-4;
const LEAD_DRAW = 1e-3;
/** Pages of real sites are many and come twice; they are to weigh as much as the labelled pages. */
const SITE_COUNTS = 0.25;

interface Candidate {
  readonly page: LabelledPage;
  readonly values: readonly number[];
  readonly holds: boolean;
}
interface Studied {
  readonly page: LabelledPage;
  readonly found: ReturnType<typeof pageEvidence>;
  readonly cuts: readonly Candidate[];
  readonly leads: readonly Candidate[];
  /** Starts that no candidate stands at. */
  readonly lost: number;
}

function study(page: LabelledPage): Studied {
  const found = pageEvidence(page.input);
  const firstContent = (from: number, to: number): number => {
    let at = from;
    while (at < to && page.furniture.has(at)) at += 1;
    return at;
  };
  const cuts = found.openings.map((opening, index): Candidate => ({
    page, values: EVIDENCE.map((kind) => found.values[index]?.[kind] ?? 0), holds: page.starts.has(firstContent(opening.start, opening.text)),
  }));
  const leads = found.leads.map(({ position, values }): Candidate => ({ page, values: LEAD_EVIDENCE.map((kind) => values[kind]), holds: page.starts.has(position) }));
  const lost = page.starts.size - [...cuts, ...leads].filter(({ holds }) => holds).length;
  return { page, found, cuts, leads, lost };
}

const isSite = ({ kind }: LabelledPage): boolean => kind.startsWith('site-');

function learnCuts(studied: readonly Studied[]): Fit {
  const examples = studied.flatMap(({ page, cuts }) => cuts.slice(1).map(({ values, holds }): Example => ({ values, holds, counts: isSite(page) ? SITE_COUNTS : 1 })));
  return fitLogistic(examples, EVIDENCE.map((kind) => PRIORS[kind] ?? 0), DRAW);
}

/** Leads are rare among paragraphs, so they count more. Pages that lost their headlines are learnt from, and others without theirs. */
function learnLeads(studied: readonly Studied[]): Fit {
  const examples = studied.flatMap(({ page, leads }) => leads.map(({ values, holds }): Example => ({ values, holds, counts: holds ? 8 : isSite(page) ? 0.15 : 2 })));
  return fitLogistic(examples, LEAD_EVIDENCE.map(() => 0), LEAD_DRAW);
}

function foldOf(id: string): number {
  let hash = 7;
  for (let at = 0; at < id.length; at += 1) hash = (hash * 31 + id.charCodeAt(at)) % 9973;
  return hash % 8;
}

function crossValidate(studied: readonly Studied[], groupOf: (page: LabelledPage) => string): void {
  const rows = new Map<string, { pages: number; right: number; hit: number; wrong: number; missed: number }>();
  for (const group of new Set(studied.map(({ page }) => groupOf(page)))) {
    const rest = studied.filter(({ page }) => groupOf(page) !== group);
    const [cutFit, leadFit] = [learnCuts(rest), learnLeads(rest)];
    for (const { page, found, cuts, leads, lost } of studied.filter((item) => groupOf(item.page) === group)) {
      const scores = pullPeers(cuts.map(({ values }) => scoreOf(cutFit, values)), found.openings, found.values);
      const made = [...cuts.slice(1).map(({ holds }, at) => ({ holds, cut: (scores[at + 1] ?? 0) > 0 })), ...leads.map(({ holds, values }) => ({ holds, cut: scoreOf(leadFit, values) > 0 }))];
      const row = rows.get(page.kind) ?? { pages: 0, right: 0, hit: 0, wrong: 0, missed: 0 };
      const wrong = made.filter(({ holds, cut }) => cut && !holds).length;
      const missed = made.filter(({ holds, cut }) => holds && !cut).length + lost;
      rows.set(page.kind, { pages: row.pages + 1, right: row.right + (wrong + missed === 0 ? 1 : 0), hit: row.hit + made.filter(({ holds, cut }) => holds && cut).length, wrong: row.wrong + wrong, missed: row.missed + missed });
    }
  }
  console.table(Object.fromEntries([...rows].sort(([a], [b]) => a.localeCompare(b)).map(([kind, row]) => [kind, { ...row, 'F1 %': Math.round((2000 * row.hit) / Math.max(1, 2 * row.hit + row.wrong + row.missed)) / 10, 'exact %': Math.round((1000 * row.right) / row.pages) / 10 }])));
}

const entries = (kinds: readonly string[], { weights }: Fit): string =>
  kinds.map((kind, at) => `  ${/^[a-z]+$/.test(kind) ? kind : `'${kind}'`}: ${(weights[at] ?? 0).toFixed(2)},`).join('\n');

function writeWeights(cuts: Fit, leads: Fit): void {
  writeFileSync(join(packageRoot, 'src', 'story', 'cut-weights.ts'), [
    '// Written by `npm run bench -- segmentation-weights`; do not edit by hand.',
    "import type { EvidenceKind } from './cut-evidence.js';",
    "import type { LeadEvidenceKind } from './leads.js';",
    '',
    '/** Logistic weights of the evidence for a cut at an opening. */',
    `export const CUT_WEIGHTS: Readonly<Record<EvidenceKind, number>> = {\n${entries(EVIDENCE, cuts)}\n};`,
    `export const CUT_BIAS = ${cuts.bias.toFixed(2)};`,
    '',
    '/** The same for a bare paragraph on a page that lost its headlines. */',
    `export const LEAD_WEIGHTS: Readonly<Record<LeadEvidenceKind, number>> = {\n${entries(LEAD_EVIDENCE, leads)}\n};`,
    `export const LEAD_BIAS = ${leads.bias.toFixed(2)};`,
    '',
  ].join('\n'));
}

export const segmentationWeights: Benchmark = {
  about: 'learns the weights of cuts (--singles DIR: pages of one story; --by kind|language|fold)',
  run(run) {
    const folder = corpusFolder(run, 'segmentation', 'Labelled pages are needed to learn from.');
    if (folder === null) return Promise.resolve(0);
    const singles = resolve(typeof run.flags['singles'] === 'string' ? run.flags['singles'] : join('..', 'shared', 'corpora', 'extraction'));
    if (!existsSync(singles)) console.log(`no ordinary pages at ${singles} (--singles DIR): learning from the labelled pages alone`);
    const studied = [...labelledPages(folder), ...singlePages(singles)].map(study);
    const by = run.flags['by'];
    crossValidate(studied, ({ kind, language, id }) => (by === 'kind' ? kind : by === 'language' ? language : String(foldOf(id.replace('#', '')))));
    writeWeights(learnCuts(studied), learnLeads(studied));
    return Promise.resolve(0);
  },
};
