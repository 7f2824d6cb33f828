import type { Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { setCookie } from 'hono/cookie';
import { misconfigured, type Fault, type Outcome } from '../fault.js';
import type { Area, Changed, ChangeRoute, LookRoute, PageRequest } from './area.js';
import type { ConsoleEnv } from './console-env.js';
import { sameSecret } from '../access/index.js';
import { addressOf } from './access/requests.js';
import { localPath } from './local-path.js';
import { CSRF_FIELD, faultNote, html } from './markup/index.js';
import type { ServedServices } from './services.js';
import { faultPage, FLASH_COOKIE, shown } from './show-page.js';
import { mayAct, type UserRole, type Visitor } from './visitor.js';

const FORM_BYTES = 64 * 1024;

type Answer = Context<ConsoleEnv>;

/** Told of every change that was asked for, whatever became of it. */
export type OnChange = (change: { readonly action: string; readonly visitor: Visitor; readonly address: string; readonly target: string | null; readonly fault: Fault | null }) => Promise<void>;

export interface PagesInit {
  readonly areas: readonly Area[];
  readonly services: ServedServices;
  readonly onChange: OnChange;
}

/** Mounts every page of the areas, each behind the role it needs. */
export function servePages(app: Hono<ConsoleEnv>, init: PagesInit): void {
  for (const { pages } of init.areas) {
    for (const route of pages) {
      if (route.method === 'get') app.get(route.path, (context) => look(context, route, init));
      else app.post(route.path, limited(route), (context) => change(context, route, init));
    }
  }
}

const limited = ({ maxBytes = FORM_BYTES }: ChangeRoute) => bodyLimit({
  maxSize: maxBytes,
  onError: (context) => context.text(`A form of more than ${maxBytes} bytes is not taken.\n`, 413),
});

async function look(context: Answer, route: LookRoute, init: PagesInit): Promise<Response> {
  const visitor = context.get('visitor');
  if (!mayAct(visitor.role, route.access)) return refusal(context, init, route.access);
  const answer = await route.handle(requestOf(context, init.services));
  return answer instanceof Response ? answer : shown(context, init, answer);
}

async function change(context: Answer, route: ChangeRoute, init: PagesInit): Promise<Response> {
  const visitor = context.get('visitor');
  const told = (target: string | null, fault: Fault | null): Promise<void> => init.onChange({ action: route.action, visitor, address: addressOf(context), target, fault });
  if (!mayAct(visitor.role, route.access)) {
    await told(null, tooLittle(route.access));
    return refusal(context, init, route.access);
  }
  const form = await context.req.formData().catch(() => null);
  if (form === null) return shown(context, init, faultPage(misconfigured({ code: 'no-form', message: 'This address takes a form, and none came.' }), 422));
  if (!bringsToken(form, visitor)) {
    return shown(context, init, faultPage(misconfigured({
      code: 'form-stale', message: 'This form was not made for this visit, so nothing was changed.', hint: 'Go back, load the page again, and send it once more.',
    }), 409));
  }
  const answer = await route.handle({ ...requestOf(context, init.services), form });
  if (answer instanceof Response) return answer;
  if ('title' in answer) return shown(context, init, answer);
  return ended(context, init, answer, told);
}

async function ended(context: Answer, init: PagesInit, answer: Outcome<Changed>, told: (target: string | null, fault: Fault | null) => Promise<void>): Promise<Response> {
  if (!answer.ok) {
    await told(null, answer.fault);
    return shown(context, init, faultPage(answer.fault, 422));
  }
  const { to, say, target, show } = answer.value;
  await told(target ?? null, null);
  if (show !== undefined) return shown(context, init, show);
  setCookie(context, FLASH_COOKIE, say, { httpOnly: true, sameSite: 'Strict', path: '/', maxAge: 60 });
  return context.redirect(localPath(to), 303);
}

function bringsToken(form: FormData, { csrf }: Visitor): boolean {
  const brought = form.get(CSRF_FIELD);
  return csrf === null || (typeof brought === 'string' && sameSecret(brought, csrf));
}

const requestOf = (context: Answer, services: ServedServices): PageRequest => ({
  url: new URL(context.req.url),
  params: context.req.param(),
  headers: context.req.raw.headers,
  visitor: context.get('visitor'),
  services,
  now: new Date(),
  signal: context.req.raw.signal,
});

const tooLittle = (needed: UserRole): Fault => misconfigured({
  code: 'role-too-low', message: `This takes the role ${needed}.`, hint: 'Whoever runs this Dateline can give it: dateline users.',
});

const refusal = (context: Answer, init: PagesInit, needed: UserRole): Promise<Response> =>
  shown(context, init, { title: 'Not with your role', lead: html`This takes the role ${needed}; yours is ${context.get('visitor').role}.`, body: faultNote(tooLittle(needed)) }, 403);

