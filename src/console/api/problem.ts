import { z } from 'zod';
import type { Fault } from '../../fault.js';

/** What went wrong, in the form of RFC 9457. */
export const problemSchema = z.strictObject({
  type: z.literal('about:blank'),
  title: z.string(),
  status: z.int(),
  code: z.string().describe('Stable name of what went wrong'),
  detail: z.string().describe('What failed, where'),
  cause: z.string().optional(),
  hint: z.string().optional().describe('How to mend it'),
}).describe('What went wrong (RFC 9457)');

export type Problem = z.infer<typeof problemSchema>;
export type ProblemStatus = 400 | 401 | 403 | 404 | 405 | 409 | 413 | 415 | 422 | 429 | 503;

const TITLES: Readonly<Record<ProblemStatus, string>> = {
  400: 'Bad Request', 401: 'Unauthorized', 403: 'Forbidden', 404: 'Not Found', 405: 'Method Not Allowed', 409: 'Conflict', 413: 'Content Too Large',
  415: 'Unsupported Media Type', 422: 'Unprocessable Content', 429: 'Too Many Requests', 503: 'Service Unavailable',
};

const BY_CODE: ReadonlyMap<string, ProblemStatus> = new Map([
  ['input-invalid', 400], ['login-needed', 401], ['role-too-low', 403], ['foreign-change', 403], ['form-stale', 403], ['source-unknown', 404],
  ['id-taken', 409], ['source-present', 409], ['user-present', 409], ['last-operator', 409], ['too-large', 413], ['body-type', 415], ['too-many-attempts', 429],
]);
const BY_CONSEQUENCE = { 'retry-later': 503, 'give-up': 422, misconfigured: 422 } as const;

export function statusOf({ code, consequence }: Fault): ProblemStatus {
  return BY_CODE.get(code) ?? (code.startsWith('no-such-') ? 404 : BY_CONSEQUENCE[consequence]);
}

export function problemOf(fault: Fault): Problem & { readonly status: ProblemStatus } {
  const status = statusOf(fault);
  return {
    type: 'about:blank', title: TITLES[status], status, code: fault.code, detail: fault.message,
    ...(fault.cause instanceof Error ? { cause: fault.cause.message.slice(0, 1_000) } : {}), ...(fault.hint === undefined ? {} : { hint: fault.hint }),
  };
}

export function problemResponse(fault: Fault): Response {
  const problem = problemOf(fault);
  return new Response(`${JSON.stringify(problem)}\n`, {
    status: problem.status,
    headers: {
      'Content-Type': 'application/problem+json',
      ...(fault.retryAfterMs === undefined ? {} : { 'Retry-After': String(Math.ceil(fault.retryAfterMs / 1_000)) }),
    },
  });
}
