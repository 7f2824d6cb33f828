import type { Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { failed, Fault, giveUp, misconfigured, ok, retryLater, type Outcome } from '../fault.js';
import { sameSecret } from '../access/index.js';
import { addressOf } from './access/requests.js';
import { openApiDocument } from './api/openapi.js';
import { problemResponse } from './api/problem.js';
import { API_PATH, type ApiRoute } from './api/route.js';
import type { Area } from './area.js';
import type { ConsoleEnv } from './console-env.js';
import type { OnChange } from './serve-pages.js';
import type { ServedServices } from './services.js';
import { mayAct } from './visitor.js';

export const OPENAPI_PATH = `${API_PATH}/openapi.json`;
const BODY_BYTES = 1024 * 1024;

export interface ApiInit {
  readonly areas: readonly Area[];
  readonly services: ServedServices;
  readonly onChange: OnChange;
  /** Of Dateline. */
  readonly version: string;
}

/** Mounts every route of the interface for programs, each behind the role it needs, and the document that describes them. */
export function serveApi(app: Hono<ConsoleEnv>, init: ApiInit): void {
  const routes = init.areas.flatMap(({ api = [] }) => api);
  const document = JSON.stringify(openApiDocument(routes, init.version));
  app.get(OPENAPI_PATH, (context) => context.body(document, 200, { 'Content-Type': 'application/json' }));
  for (const route of routes) {
    app.on(route.method.toUpperCase(), API_PATH + route.path, limited(route), (context) => answer(context, route, init));
  }
  app.all(`${API_PATH}/*`, (context) => problemResponse(giveUp({
    code: 'no-such-address', message: `There is no ${context.req.method} ${context.req.path.slice(0, 200)}.`, hint: `${OPENAPI_PATH} lists what there is.`,
  })));
}

const limited = ({ maxBytes = BODY_BYTES }: ApiRoute) => bodyLimit({
  maxSize: maxBytes,
  onError: () => problemResponse(giveUp({ code: 'too-large', message: `A body of more than ${maxBytes} bytes is not taken.` })),
});

async function answer(context: Context<ConsoleEnv>, route: ApiRoute, { services, onChange }: ApiInit): Promise<Response> {
  const visitor = context.get('visitor');
  let target: string | null = null;
  const told = async (fault: Fault | null): Promise<void> => {
    if (route.method !== 'get') await onChange({ action: route.action ?? `${route.method} ${route.path}`, visitor, address: addressOf(context), target, fault });
  };
  const refused = refusal(context, route);
  if (refused !== null) {
    await told(refused);
    return problemResponse(refused);
  }
  try {
    const body = await bodyOf(context, route);
    if (!body.ok) return problemResponse(body.fault);
    const result = await route.run({ params: context.req.param(), query: context.req.query(), body: body.value }, {
      url: new URL(context.req.url), headers: context.req.raw.headers, visitor, services, now: new Date(), signal: context.req.raw.signal,
      note: (text) => { target = text; },
    });
    if (result instanceof Response) {
      await told(null);
      return result;
    }
    await told(result.ok ? null : result.fault);
    return result.ok ? context.json(result.value, route.status ?? 200) : problemResponse(result.fault);
  } catch (error) {
    services.onError(error);
    const fault = error instanceof Fault ? error : retryLater({ code: 'not-gathered', message: 'The answer could not be gathered: Redis may be away.', hint: '/readyz says more, and so does the log.' });
    await told(fault).catch(services.onError);
    return problemResponse(fault);
  }
}

/** Why this visitor may not, or null. A browser's credentials go with every request it makes, so its changes bring the token of the visit too. */
function refusal(context: Context<ConsoleEnv>, route: ApiRoute): Fault | null {
  const visitor = context.get('visitor');
  if (!mayAct(visitor.role, route.access)) {
    return misconfigured({ code: 'role-too-low', message: `This takes the role ${route.access}; ${visitor.name} has ${visitor.role}.`, hint: 'dateline users gives roles.' });
  }
  if (route.method === 'get' || visitor.csrf === null || (visitor.via === 'loopback' && !isBrowser(context.req.raw.headers))) return null;
  const brought = context.req.header('x-csrf-token');
  return brought !== undefined && sameSecret(brought, visitor.csrf) ? null
    : misconfigured({ code: 'form-stale', message: 'The request does not bring the token of the visit.', hint: `Send X-CSRF-Token with what ${API_PATH}/session gives.` });
}

/** Every browser sends one of these with a change (Fetch standard, W3C Fetch Metadata). */
const isBrowser = (headers: Headers): boolean => headers.has('origin') || headers.has('sec-fetch-site') || headers.has('cookie');

async function bodyOf({ req }: Context<ConsoleEnv>, { body, consumes = 'application/json' }: ApiRoute): Promise<Outcome<unknown>> {
  if (body === null) return ok(undefined);
  const type = (req.header('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase();
  // Held strictly: a form of another site can send text/plain, but never this.
  if (type !== consumes) return failed(giveUp({ code: 'body-type', message: `The body has to be ${consumes}.` }));
  const text = await req.text();
  if (consumes !== 'application/json') return ok(text);
  try {
    return ok(JSON.parse(text) as unknown);
  } catch (cause) {
    return failed(giveUp({ code: 'input-invalid', message: 'The body is no JSON.', cause }));
  }
}
