import { html, type Html } from './html.js';

const DAY_MS = 86_400_000;
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', timeZone: 'UTC' });
const year = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZone: 'UTC' });

/** A time as short as it can be and still be understood, in UTC; whole in the `datetime` attribute and on hover. */
export function time(iso: string, now: Date): Html {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return html`${iso.slice(0, 40)}`;
  const distance = Math.abs(now.getTime() - at.getTime());
  const format = distance < DAY_MS ? clock : distance < 180 * DAY_MS ? day : year;
  return html`<time datetime="${at.toISOString()}" title="${at.toISOString()}">${format.format(at)}</time>`;
}

/** How long ago or ahead, in the largest whole unit: `4 min ago`, `in 2 h`. */
export function relative(iso: string, now: Date): Html {
  const ms = new Date(iso).getTime() - now.getTime();
  return html`<time datetime="${iso}" title="${iso}">${ms <= 0 ? `${span(-ms)} ago` : `in ${span(ms)}`}</time>`;
}

const UNITS: readonly (readonly [number, string])[] = [[DAY_MS, 'd'], [3_600_000, 'h'], [60_000, 'min'], [1_000, 's']];

/** A length of time in the largest whole unit. */
export function span(ms: number): string {
  const [size, unit] = UNITS.find(([size]) => ms >= size) ?? [1_000, 's'];
  return `${Math.floor(ms / size)} ${unit}`;
}
