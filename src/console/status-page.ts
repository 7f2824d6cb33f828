import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { Books } from '../ledger/index.js';
import { disposed, sum, type ConsoleView, type HealthCheck, type QueueRow, type SinkRow, type SourceRow } from './view.js';

type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

const number = new Intl.NumberFormat('en');

/** The plain status page: one look tells whether work goes on and whether the books balance. */
export async function statusPage(view: ConsoleView, now: Date): Promise<Html> {
  const [sources, queues, sinks, checks] = await Promise.all([view.sources(), view.queues(), view.sinks(), view.checks()]);
  const shown = sources.filter((source) => source.enabled || source.books.seen > 0);
  const balanced = shown.every((source) => source.books.balanced);
  const delivered = shown.reduce((total, source) => total + source.books.delivered, 0);
  const on = shown.filter((source) => source.enabled).length;
  return html`<!doctype html>
<html lang="en" dir="ltr">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta http-equiv="refresh" content="5">
    <title>Dateline</title>
    <link rel="stylesheet" href="/console.css">
  </head>
  <body>
    <header>
      <h1>Dateline</h1>
      <nav aria-label="Console"><a href="/" aria-current="page">Status</a> <a href="/queues">Queues</a> <a href="/metrics">Metrics</a> <a href="/readyz">Readiness</a></nav>
    </header>
    <main>
      <p class="lead">${number.format(delivered)} ${delivered === 1 ? 'item' : 'items'} delivered, from ${number.format(on)} ${on === 1 ? 'source' : 'sources'}.
        <strong class="${balanced ? 'well' : 'ill'}">${balanced ? 'The books balance.' : 'The books do not balance.'}</strong></p>
      ${healthList(checks)}
      ${sourceTable(shown)}
      ${queueTable(queues)}
      ${sinkTable(sinks)}
    </main>
    <footer><p>As of <time datetime="${now.toISOString()}">${now.toISOString()}</time>; the page renews itself every five seconds.</p></footer>
  </body>
</html>`;
}

const healthList = (checks: readonly HealthCheck[]): Html => html`
      <section aria-labelledby="health"><h2 id="health">Health</h2>
        <ul class="checks">${checks.map((check) => html`
          <li class="${check.ok ? 'well' : 'ill'}"><b>${check.ok ? 'well' : 'ill'}</b> ${check.name}: ${check.detail}</li>`)}
        </ul>
      </section>`;

const sourceTable = (sources: readonly SourceRow[]): Html => html`
      <section aria-labelledby="sources"><h2 id="sources">Sources</h2>
        <div class="scroll" tabindex="0" role="region" aria-labelledby="sources"><table>
          <thead><tr><th scope="col">Source</th><th scope="col">Seen</th><th scope="col">Delivered</th><th scope="col">Unchanged</th>
            <th scope="col">Duplicate</th><th scope="col">Rejected</th><th scope="col">Quarantined</th><th scope="col">In flight</th>
            <th scope="col">Balance</th><th scope="col">Last poll</th><th scope="col">State</th><th scope="col">Trouble</th></tr></thead>
          <tbody>${sources.length === 0 ? html`<tr><td colspan="12">No source is switched on. Switch one on in config/sources.yaml; it is picked up at once.</td></tr>` : sources.map(sourceRow)}</tbody>
        </table></div>
      </section>`;

const sourceRow = (source: SourceRow): Html => html`
            <tr><th scope="row"><bdi>${source.name}</bdi> <code>${source.id}</code></th>${bookCells(source.books)}
              <td class="${source.books.balanced ? 'well' : 'ill'}">${balance(source.books)}</td>
              <td>${source.lastPollAt === null ? 'not yet' : html`<time datetime="${source.lastPollAt}">${source.lastPollAt}</time>`}</td>
              <td class="${source.health === null || source.health.state === 'healthy' ? '' : 'ill'}">${healthCell(source.health)}</td>
              <td class="${source.trouble === null ? '' : 'ill'}">${source.trouble ?? ''}</td></tr>`;

const healthCell = (health: SourceRow['health']): Html | string =>
  health === null || health.state === 'healthy' ? health?.state ?? '' : html`<b>${health.state}</b> since <time datetime="${health.since}">${health.since}</time>: ${health.reason}`;

const bookCells = (books: Books): Html => html`
              <td>${number.format(books.seen)}</td><td>${number.format(books.delivered)}</td><td>${number.format(books.unchanged)}</td>
              <td>${number.format(books.duplicate)}</td><td>${withReasons(books.rejected)}</td><td>${withReasons(books.quarantined)}</td>
              <td>${number.format(books.inFlight)}</td>`;

function balance(books: Books): string {
  const difference = books.seen - disposed(books) - books.inFlight;
  return books.balanced ? 'balanced' : `${difference > 0 ? '+' : ''}${number.format(difference)}`;
}

function withReasons(counts: Readonly<Record<string, number>>): string {
  const reasons = Object.entries(counts).filter(([, count]) => count > 0).map(([reason, count]) => `${reason} ${number.format(count)}`);
  return reasons.length === 0 ? '0' : `${number.format(sum(counts))} (${reasons.join(', ')})`;
}

const queueTable = (queues: readonly QueueRow[]): Html => html`
      <section aria-labelledby="queues"><h2 id="queues">Queues</h2>
        <div class="scroll" tabindex="0" role="region" aria-labelledby="queues"><table>
          <thead><tr><th scope="col">Queue</th><th scope="col">Waiting</th><th scope="col">Active</th><th scope="col">Delayed</th><th scope="col">Failed</th></tr></thead>
          <tbody>${queues.map((queue) => html`
            <tr><th scope="row"><a href="/queues/queue/${queue.name}">${queue.name}</a></th><td>${number.format(queue.waiting)}</td><td>${number.format(queue.active)}</td><td>${number.format(queue.delayed)}</td><td>${number.format(queue.failed)}</td></tr>`)}
          </tbody>
        </table></div>
      </section>`;

const sinkTable = (sinks: readonly SinkRow[]): Html => html`
      <section aria-labelledby="sinks"><h2 id="sinks">Sinks</h2>
        <div class="scroll" tabindex="0" role="region" aria-labelledby="sinks"><table>
          <thead><tr><th scope="col">Sink</th><th scope="col">Stories taken</th><th scope="col">Where</th></tr></thead>
          <tbody>${sinks.map((sink) => html`
            <tr><th scope="row">${sink.name}</th><td>${number.format(sink.delivered)}</td><td><code>${sink.where}</code></td></tr>`)}
          </tbody>
        </table></div>
      </section>`;
