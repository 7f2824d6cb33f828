import type { Outcome } from '../fault.js';
import type { ApiRoute } from './api/route.js';
import type { Html } from './markup/html.js';
import type { ServedServices } from './services.js';
import type { UserRole, Visitor } from './visitor.js';

/**
 * One part of the console: its pages, and its place in the navigation. An area is a file (or folder) under `pages/`, named in
 * `areas.ts`, which is the only list: what stands there is served, shown in the navigation, and walked by the access tests.
 */
export interface Area {
  /** An area without one is reached from other pages only. */
  readonly nav?: { readonly label: string; readonly path: string };
  readonly pages: readonly PageRoute[];
  /** The same for programs, below `/api/v1`; see {@link apiRoute}. */
  readonly api?: readonly ApiRoute[];
}

export type PageRoute = LookRoute | ChangeRoute;

/** A page to look at. */
export interface LookRoute {
  readonly method: 'get';
  /** As Hono writes it: `/sources/:id`. */
  readonly path: string;
  /** Least role that is let in. */
  readonly access: UserRole;
  /** A page, or an answer of its own making: a file, a stream of events. */
  handle(request: PageRequest): Promise<Page | Response>;
}

/** What a form does. The console checks role, origin and CSRF token before, and writes the audit list after. */
export interface ChangeRoute {
  readonly method: 'post';
  readonly path: string;
  readonly access: UserRole;
  /** Name in the audit list: `source.add`, `quarantine.retry`. */
  readonly action: string;
  /** Most bytes a form may bring; 64 KiB where nothing is said. */
  readonly maxBytes?: number;
  /**
   * What was changed and where to go on; a page again (the form with what is wrong with it); or why it cannot be. An answer of
   * its own making stands for a change of nothing but the browser, and is not written down.
   */
  handle(request: FormRequest): Promise<Outcome<Changed> | Page | Response>;
}

export interface PageRequest {
  readonly url: URL;
  /** Named parts of the path; every one that the route names is there. */
  readonly params: Readonly<Record<string, string>>;
  readonly headers: Headers;
  readonly visitor: Visitor;
  readonly services: ServedServices;
  readonly now: Date;
  /** Ends when the browser has gone. */
  readonly signal: AbortSignal;
}

export interface FormRequest extends PageRequest {
  readonly form: FormData;
}

export interface Changed {
  /** Path within the console where the browser goes on. */
  readonly to: string;
  /** One sentence to the person, shown there. */
  readonly say: string;
  /** What was changed, for the audit list: a source's id, a count of jobs. Never a secret. */
  readonly target?: string;
  /** Shown at once in place of going on: what can be seen only now. */
  readonly show?: Page;
}

/** A page without its frame, which the layout puts around. */
export interface Page {
  readonly title: string;
  /** One sentence beside the title: what there is to know before reading on. */
  readonly lead?: Html | string;
  readonly body: Html;
  /** 200 where nothing is said. */
  readonly status?: 200 | 404 | 409 | 422 | 503;
  /** Names of scripts under `assets/`, loaded as modules. */
  readonly scripts?: readonly string[];
}
