import { html, nothing, type Html } from './html.js';

export interface Column<Row> {
  /** Heading, and the label of the cell where the table is narrow. */
  readonly label: string;
  readonly cell: (row: Row) => Html | string | number | null;
  /** Figures stand at the end of their column. */
  readonly kind?: 'figure';
  /** Heading with a link that sorts by it. */
  readonly heading?: Html;
  /** For screen readers: how the table is sorted now. */
  readonly sorted?: 'ascending' | 'descending';
}

export interface TableInit<Row> {
  /** Says what the table holds; heard by screen readers, seen where `showCaption` says so. */
  readonly caption: string;
  readonly showCaption?: boolean;
  /** The first names the row. */
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  /** What to say, and how to get some, when there are no rows. */
  readonly empty: Html | string;
}

/** A table whose rows become cards at phone width: each cell carries the label of its column. */
export function table<Row>({ caption, showCaption = false, columns, rows, empty }: TableInit<Row>): Html {
  if (rows.length === 0) return html`<p class="empty">${empty}</p>`;
  return html`<table class="rows">
  <caption${showCaption ? nothing : html` class="unseen"`}>${caption}</caption>
  <thead><tr>${columns.map(heading)}</tr></thead>
  <tbody>${rows.map((row) => html`
    <tr>${columns.map((column, at) => cell(column, row, at === 0))}</tr>`)}
  </tbody>
</table>`;
}

const figure = (column: { readonly kind?: 'figure' }): Html => (column.kind === 'figure' ? html` class="figure"` : nothing);

const heading = <Row>(column: Column<Row>): Html =>
  html`<th scope="col"${figure(column)}${column.sorted === undefined ? nothing : html` aria-sort="${column.sorted}"`}>${column.heading ?? column.label}</th>`;

const cell = <Row>(column: Column<Row>, row: Row, first: boolean): Html => {
  const content = column.cell(row) ?? '';
  return first ? html`<th scope="row">${content}</th>` : html`<td data-label="${column.label}"${figure(column)}>${content}</td>`;
};
