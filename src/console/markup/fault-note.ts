import type { Fault } from '../../fault.js';
import { foreign } from './foreign.js';
import { html, nothing, type Html } from './html.js';

/** What went wrong, its cause, and how to mend it. */
export const faultNote = ({ code, message, hint, cause }: Fault): Html => html`<div class="note ill" role="alert">
  <p>${foreign(message, 2_000)}</p>
  ${cause instanceof Error && !message.includes(cause.message) ? html`<p><b>Cause</b> ${foreign(cause.message, 2_000)}</p>` : nothing}
  ${hint === undefined ? nothing : html`<p><b>Mend</b> ${foreign(hint, 2_000)}</p>`}
  <p><code>${code}</code></p>
</div>`;
