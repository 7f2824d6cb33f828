import { AUDIT_CURSOR, AUDIT_LENGTH, readAudit, type AuditEntry } from '../access/audit.js';
import type { Area, Page, PageRequest } from '../area.js';
import { counted, foreign, html, nothing, number, table, time, type Html } from '../markup/index.js';

const PAGE = 100;

/** Who did what. */
export const audit: Area = {
  nav: { label: 'Audit', path: '/audit' },
  pages: [{ method: 'get', path: '/audit', access: 'operator', handle: auditPage }],
};

async function auditPage({ url, services: { redis, keys, sessions }, now }: PageRequest): Promise<Page> {
  const asked = url.searchParams.get('from') ?? '';
  const [{ entries, next }, logins] = await Promise.all([
    readAudit(redis, keys, { limit: PAGE, cursor: AUDIT_CURSOR.test(asked) ? asked : undefined }), sessions.list(),
  ]);
  return {
    title: 'Audit',
    lead: `Every change that somebody asked for, the newest first; the last ${number(AUDIT_LENGTH)} are kept. ${counted(logins.length, 'login')} under way.`,
    body: html`${table({
      caption: 'Changes', rows: entries, empty: 'Nobody has changed anything yet.',
      columns: [
        { label: 'When', cell: ({ at }: AuditEntry) => time(at, now) },
        { label: 'Who', cell: ({ user, role }) => html`${foreign(user)} <small class="faint">${role}</small>` },
        { label: 'What', cell: ({ action }) => html`<code>${action}</code>` },
        { label: 'To what', cell: ({ target }) => (target === null ? nothing : foreign(target)) },
        { label: 'Outcome', cell: ({ outcome }) => outcomeCell(outcome) },
        { label: 'From', cell: ({ address, via }) => html`${address} <small class="faint">${via}</small>` },
      ],
    })}${next === null ? nothing : html`<p class="pager"><a href="/audit?from=${next}">Older</a></p>`}`,
  };
}

const outcomeCell = (outcome: string): Html => (outcome === 'done' ? html`<span class="well">done</span>` : html`<code class="ill">${outcome}</code>`);
