export { html, nothing, type Html } from './html.js';
export { clipped, foreign, foreignIn } from './foreign.js';
export { table, type Column, type TableInit } from './table.js';
export { relative, span, time } from './time.js';
export { counted, number } from './figures.js';
export { badge, type Standing } from './badge.js';
export { button, CSRF_FIELD, csrfField, field, select } from './form.js';
export { faultNote } from './fault-note.js';
