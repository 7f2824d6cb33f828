import { z } from 'zod';
import { settingsSchema } from './settings.js';

/** One option of the settings, as documentation and the environment see it. */
export interface Option {
  /** Path in the file, `fetch.maxPageSize`. */
  readonly key: string;
  /** Name in the environment, `DATELINE_FETCH_MAX_PAGE_SIZE`. */
  readonly env: string;
  /** As one would write it in the file. */
  readonly default: unknown;
  readonly meaning: string;
  readonly schema: z.ZodType;
}

export const envName = (key: string): string =>
  `DATELINE_${key.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').replaceAll('.', '_').toUpperCase()}`;

function collect(schema: z.ZodObject, path: string): Option[] {
  return Object.entries(schema.shape).flatMap(([name, member]): Option[] => {
    const key = path === '' ? name : `${path}.${name}`;
    if (!(member instanceof z.ZodType)) throw new TypeError(`${key} is no schema`);
    const { fallback, inner } = unwrap(member, key);
    if (inner instanceof z.ZodObject) return collect(inner, key);
    return [{ key, env: envName(key), default: fallback, meaning: member.description ?? '', schema: member }];
  });
}

/** A member is `type.prefault(value)`, or that with a transform behind it. */
function unwrap(schema: z.ZodType, key: string): { fallback: unknown; inner: unknown } {
  if (schema instanceof z.ZodPrefault) return { fallback: schema.def.defaultValue, inner: schema.unwrap() };
  if (schema instanceof z.ZodPipe && schema.in instanceof z.ZodType) return unwrap(schema.in, key);
  throw new TypeError(`option ${key} has no default`);
}

/** Every option in the order of the schema. */
export const OPTIONS: readonly Option[] = collect(settingsSchema, '');
