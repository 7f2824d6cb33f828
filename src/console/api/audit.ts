import { z } from 'zod';
import { failed, giveUp, ok } from '../../fault.js';
import { AUDIT_CURSOR, auditEntrySchema, readAudit } from '../access/audit.js';
import type { Area } from '../area.js';
import { apiRoute, pageOf, pageQuery } from './route.js';

const session = z.strictObject({
  key: z.string().describe('Names the login; not what the browser sends'), user: z.string(), since: z.string(), seen: z.string(), address: z.string(), agent: z.string(),
});

/** Who did what, and who is logged in. */
export const auditApi: Area = {
  pages: [],
  api: [
    apiRoute({
      method: 'get', path: '/audit', access: 'operator', summary: 'Changes that were asked for, the newest first',
      query: z.strictObject({ ...pageQuery.shape, cursor: z.string().regex(AUDIT_CURSOR).optional(), user: z.string().max(64).optional(), action: z.string().max(64).optional() }),
      answer: pageOf(auditEntrySchema),
      async handle({ query }, { services: { redis, keys } }) {
        const { entries, next } = await readAudit(redis, keys, query);
        return ok({ items: [...entries], next });
      },
    }),
    apiRoute({
      method: 'get', path: '/sessions', access: 'operator', summary: 'Logins under way', answer: z.strictObject({ items: z.array(session) }),
      handle: async (_, { services }) => ok({ items: (await services.sessions.list()).map(({ key, user, since, seen, address, agent }) => ({ key, user, since, seen, address, agent })) }),
    }),
    apiRoute({
      method: 'delete', path: '/sessions/:key', access: 'operator', action: 'session.end', summary: 'Ends a login', params: z.strictObject({ key: z.string().regex(/^[\w-]{43}$/) }),
      answer: z.strictObject({ ended: z.literal(true) }),
      async handle({ params }, { services }) {
        return (await services.sessions.end(params.key)) ? ok({ ended: true as const }) : failed(giveUp({ code: 'no-such-session', message: 'There is no such login.', hint: 'It may have ended.' }));
      },
    }),
  ],
};
