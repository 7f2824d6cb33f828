import type { Redis } from 'ioredis';
import { flowHours } from '../../ledger/index.js';
import type { RedisKeys } from '../../queue/index.js';
import { html, nothing, number, type Html } from '../markup/index.js';

const HOUR_MS = 3_600_000;
const [WIDTH, HEIGHT, GAP] = [720, 96, 1];

/** Items that were settled in one hour: those delivered, and those that ended otherwise. */
export interface HourBar {
  /** Milliseconds of the epoch at which the hour begins. */
  readonly begins: number;
  readonly delivered: number;
  readonly otherwise: number;
}

/** The last `hours` hours over all sources, oldest first, from the flow that the books keep; hours in which nothing ended stand at nought. */
export async function hourBars(redis: Redis, keys: RedisKeys, sources: readonly string[], hours: number, now: number): Promise<HourBar[]> {
  const last = Math.floor(now / HOUR_MS) * HOUR_MS;
  const bars = new Map(Array.from({ length: hours }, (_, at) => [last - (hours - 1 - at) * HOUR_MS, { delivered: 0, otherwise: 0 }]));
  const since = last - (hours - 1) * HOUR_MS;
  for (const flow of await Promise.all(sources.map((source) => flowHours(redis, keys, source, since)))) {
    for (const { begins, columns } of flow) {
      const bar = bars.get(begins);
      if (bar === undefined) continue;
      for (const [column, count] of columns) {
        if (column === 'delivered') bar.delivered += count;
        else if (column !== 'seen' && column !== 'in-flight') bar.otherwise += count;
      }
    }
  }
  // An hour in which more went back to work from quarantine than ended shows nothing, not less than nothing.
  return [...bars].map(([begins, { delivered, otherwise }]) => ({ begins, delivered: Math.max(0, delivered), otherwise: Math.max(0, otherwise) }));
}

/** The hours as bars, drawn on the server; what they hold stands in words below for whoever cannot see them. */
export function hourChart(bars: readonly HourBar[]): Html {
  const most = Math.max(1, ...bars.map(({ delivered, otherwise }) => delivered + otherwise));
  const width = WIDTH / bars.length;
  const tall = (count: number): number => Math.round((count / most) * HEIGHT * 10) / 10;
  const total = bars.reduce((sum, { delivered, otherwise }) => sum + delivered + otherwise, 0);
  const delivered = bars.reduce((sum, bar) => sum + bar.delivered, 0);
  return html`<figure class="hours">
    <figcaption>Items settled in the last ${number(bars.length)} hours: ${number(delivered)} delivered, ${number(total - delivered)} otherwise; ${number(most)} in the busiest hour.</figcaption>
    ${total === 0 ? nothing : html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="Items settled by hour; delivered in the darker colour">${bars.map((bar, at) => {
      const x = Math.round(at * width * 10) / 10;
      const wide = Math.round((width - GAP) * 10) / 10;
      return html`<g><title>${new Date(bar.begins).toISOString().slice(0, 13).replace('T', ' ')}:00 UTC: ${number(bar.delivered)} delivered, ${number(bar.otherwise)} otherwise</title>
        <rect class="rest" x="${x}" y="${HEIGHT - tall(bar.delivered + bar.otherwise)}" width="${wide}" height="${tall(bar.otherwise)}"></rect>
        <rect class="done" x="${x}" y="${HEIGHT - tall(bar.delivered)}" width="${wide}" height="${tall(bar.delivered)}"></rect></g>`;
    })}</svg>`}
  </figure>`;
}
