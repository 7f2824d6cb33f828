import { z } from 'zod';

export interface Schema {
  readonly [keyword: string]: unknown;
}

/** JSON Schema 2020-12 of what goes in or comes out. */
export function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): Schema {
  const { $schema: _, ...described } = z.toJSONSchema(schema, { io, target: 'draft-2020-12', unrepresentable: 'any' });
  return described;
}
