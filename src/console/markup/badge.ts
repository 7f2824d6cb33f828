import { html, type Html } from './html.js';

/** How a thing stands; each has a sign beside its colour, for those who do not see the colour. */
export type Standing = 'well' | 'watch' | 'ill' | 'off';

const SIGNS: Readonly<Record<Standing, string>> = { well: '●', watch: '▲', ill: '■', off: '○' };

export const badge = (standing: Standing, text: string): Html =>
  html`<span class="badge ${standing}"><span class="sign" aria-hidden="true">${SIGNS[standing]}</span> ${text}</span>`;
