import type { Visitor } from '../visitor.js';
import { html, nothing, type Html } from './html.js';

/** Field name of the token that every form brings back. */
export const CSRF_FIELD = '_csrf';

export const csrfField = ({ csrf }: Visitor): Html => (csrf === null ? nothing : html`<input type="hidden" name="${CSRF_FIELD}" value="${csrf}">`);

export interface ButtonInit {
  readonly action: string;
  readonly label: string;
  readonly visitor: Visitor;
  /** Hidden fields. */
  readonly fields?: Readonly<Record<string, string>>;
  readonly kind?: 'primary' | 'danger' | 'quiet';
  /** Asked before it is done, where scripts run. */
  readonly confirm?: string;
}

/** One button that changes something: a form of its own, so that it works without scripts. */
export const button = ({ action, label, visitor, fields = {}, kind = 'quiet', confirm }: ButtonInit): Html => html`<form method="post" action="${action}" class="inline"${
  confirm === undefined ? nothing : html` data-confirm="${confirm}"`}>${csrfField(visitor)}${
  Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}<button class="${kind}">${label}</button></form>`;

export interface FieldInit {
  readonly name: string;
  readonly label: string;
  readonly value?: string;
  readonly type?: 'text' | 'search' | 'url' | 'password' | 'date' | 'number';
  readonly hint?: string;
  /** What is wrong with the value. */
  readonly trouble?: string | undefined;
  readonly required?: boolean;
  readonly autocomplete?: string;
}

/** A labelled input, with its hint and what is wrong tied to it. */
export function field({ name, label, value = '', type = 'text', hint, trouble, required = false, autocomplete }: FieldInit): Html {
  const notes = [hint === undefined ? '' : `${name}-hint`, trouble === undefined ? '' : `${name}-trouble`].filter((id) => id !== '').join(' ');
  return html`<p class="field"><label for="${name}">${label}</label>
  <input id="${name}" name="${name}" type="${type}" value="${value}" dir="auto"${required ? html` required` : nothing}${
    autocomplete === undefined ? nothing : html` autocomplete="${autocomplete}"`}${notes === '' ? nothing : html` aria-describedby="${notes}"`}${
    trouble === undefined ? nothing : html` aria-invalid="true"`}>
  ${hint === undefined ? nothing : html`<small id="${name}-hint">${hint}</small>`}${
    trouble === undefined ? nothing : html`<small id="${name}-trouble" class="ill">${trouble}</small>`}</p>`;
}

export interface SelectInit {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  /** Value and what is shown for it. */
  readonly options: readonly (readonly [string, string])[];
}

export const select = ({ name, label, value, options }: SelectInit): Html => html`<p class="field"><label for="${name}">${label}</label>
  <select id="${name}" name="${name}">${options.map(([option, text]) => html`<option value="${option}"${option === value ? html` selected` : nothing}>${text}</option>`)}</select></p>`;
