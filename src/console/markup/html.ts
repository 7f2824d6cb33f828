import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';

/** Markup that is safe to put into a page: made by the `html` tag, which escapes every value that is not such markup itself. */
export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

export { html };
export const nothing: Html = html``;
