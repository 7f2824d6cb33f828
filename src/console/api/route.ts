import { z } from 'zod';
import { failed, giveUp, type Outcome } from '../../fault.js';
import { jsonSchema } from './json-schema.js';
import type { ServedServices } from '../services.js';
import type { UserRole, Visitor } from '../visitor.js';

/** Every address of the interface for programs begins with this. */
export const API_PATH = '/api/v1';

export interface ApiRequest {
  readonly url: URL;
  readonly headers: Headers;
  readonly visitor: Visitor;
  readonly services: ServedServices;
  readonly now: Date;
  /** Ends when the one who asked has gone. */
  readonly signal: AbortSignal;
  /** Says what a change was made to, for the audit list: a source's id, a count of jobs. Never a secret. */
  readonly note: (target: string) => void;
}

interface Facts {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Below {@link API_PATH}, as Hono writes it: `/sources/:id`. */
  readonly path: string;
  /** Least role that is let in. */
  readonly access: UserRole;
  /** One line for the document. */
  readonly summary: string;
  readonly description?: string;
  /** Name in the audit list; every route but a `get` has one. */
  readonly action?: string;
  /** 200 where nothing is said. */
  readonly status?: 200 | 201 | 202;
  /** Media type of the body, JSON where nothing is said; any other is given to `body` as text. */
  readonly consumes?: string;
  /** Media type of the answer, JSON where nothing is said; any other is a `Response` of the route's own making. */
  readonly produces?: string;
  /** Most bytes of a body; 1 MiB where nothing is said. */
  readonly maxBytes?: number;
}

/** A route as the table holds it: its schemas make the document, `run` reads the input by them. */
export interface ApiRoute extends Facts {
  readonly params: z.ZodObject;
  readonly query: z.ZodObject;
  readonly body: z.ZodType | null;
  readonly answer: z.ZodType;
  readonly run: (given: { readonly params: unknown; readonly query: unknown; readonly body: unknown }, request: ApiRequest) => Promise<Outcome<unknown> | Response>;
}

interface Init<Params extends z.ZodObject, Query extends z.ZodObject, Body extends z.ZodType, Answer extends z.ZodType> extends Facts {
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  readonly answer: Answer;
  readonly handle: (
    input: { readonly params: z.output<Params>; readonly query: z.output<Query>; readonly body: z.output<Body> }, request: ApiRequest,
  ) => Promise<Outcome<z.input<Answer>> | Response>;
}

const nothing = z.strictObject({});

/**
 * Makes a route of its schemas: what comes in is read by them and refused with every mistake named, what goes out is described
 * by them, and the document of the whole interface follows.
 */
export function apiRoute<Answer extends z.ZodType, Params extends z.ZodObject = typeof nothing, Query extends z.ZodObject = typeof nothing, Body extends z.ZodType = z.ZodUndefined>(
  { params, query, body, answer, handle, ...facts }: Init<Params, Query, Body, Answer>,
): ApiRoute {
  return {
    ...facts, params: params ?? nothing, query: query ?? nothing, body: body ?? null, answer,
    async run(given, request) {
      const read = inputOf(params ?? nothing, query ?? nothing, body ?? z.undefined()).safeParse(given);
      // The schema is built of the very ones whose output the handler asks for; the compiler cannot follow it through the defaults.
      return read.success ? handle(read.data as Parameters<typeof handle>[0], request) : failed(wrongInput(read.error));
    },
  };
}

const inputOf = (params: z.ZodObject, query: z.ZodObject, body: z.ZodType) => z.object({ params, query, body });

/** Mistakes of the input in words, each with where it is; the list is bounded. */
const wrongInput = (error: z.ZodError) => giveUp({
  code: 'input-invalid',
  message: error.issues.slice(0, 10).map(({ path, message }) => `${path.join('.').slice(0, 200)}: ${message.slice(0, 300)}`).join('; '),
  hint: `${API_PATH}/openapi.json says what each address takes.`,
});

/** Query of a list that is given in pages. */
export const pageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(500).default(50).describe('Most entries of one page'),
  cursor: z.string().min(1).max(300).optional().describe('`next` of the page before; the first page is without'),
});

/** One page of a list. */
export const pageOf = <Item extends z.ZodType>(item: Item) => z.strictObject({
  items: z.array(item),
  next: z.string().nullable().describe('Cursor of the page after; null on the last'),
});

/**
 * A body that is checked by the schema and handed on as it came, for what is written to a file as its author wrote it (`5m`, not
 * the milliseconds it means).
 */
export const asWritten = <Schema extends z.ZodType>(schema: Schema) => z.custom<z.input<Schema>>().superRefine((value, context) => {
  for (const { path, message } of schema.safeParse(value).error?.issues ?? []) context.addIssue({ code: 'custom', path, message });
}).meta(jsonSchema(schema, 'input'));
