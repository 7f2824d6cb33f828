import { z } from 'zod';

const MILLISECONDS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const BYTES = { B: 1, kB: 1e3, MB: 1e6, GB: 1e9, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 } as const;

const DURATION = /^(\d{1,9}(?:\.\d{1,3})?) ?(ms|s|m|h|d)$/;
const SIZE = /^(\d{1,9}(?:\.\d{1,3})?) ?(B|kB|MB|GB|KiB|MiB|GiB)$/;

function reader(pattern: RegExp, units: Readonly<Record<string, number>>): (text: string) => number | null {
  return (text) => {
    const [, amount, unit] = pattern.exec(text) ?? [];
    const factor = unit === undefined ? undefined : units[unit];
    return amount === undefined || factor === undefined ? null : Math.round(Number(amount) * factor);
  };
}

const readDuration = reader(DURATION, MILLISECONDS);
const readSize = reader(SIZE, BYTES);

/** A length of time as people write it (`500ms`, `30s`, `5m`, `24h`, `7d`), read as milliseconds. A bare number is refused: its unit would be a guess. */
export function duration(bounds: { readonly min?: string; readonly max?: string } = {}) {
  return quantity(DURATION, readDuration, 'a time with its unit, such as 500ms, 30s, 5m, 24h or 7d', bounds);
}

/** An amount of data as people write it (`512 kB`, `8MB`, `1 GiB`), read as bytes. */
export function size(bounds: { readonly min?: string; readonly max?: string } = {}) {
  return quantity(SIZE, readSize, 'an amount with its unit, such as 512kB, 8MB or 1GiB', bounds);
}

function quantity(
  pattern: RegExp,
  read: (text: string) => number | null,
  expected: string,
  bounds: { readonly min?: string; readonly max?: string },
) {
  const min = bounds.min === undefined ? null : read(bounds.min);
  const max = bounds.max === undefined ? null : read(bounds.max);
  return z
    .string({ error: `expected ${expected}` })
    .regex(pattern, { error: `expected ${expected}` })
    .transform((text, context) => {
      const value = read(text) ?? 0;
      if (min !== null && value < min) context.addIssue({ code: 'custom', message: `must be ${bounds.min} or more`, input: text });
      if (max !== null && value > max) context.addIssue({ code: 'custom', message: `must be ${bounds.max} or less`, input: text });
      return value;
    });
}
