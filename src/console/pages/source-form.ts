import { sourceSchema, type SourceConfig, type SourceInput } from '../../config/index.js';
import { misconfigured, ok, type Fault, type Outcome } from '../../fault.js';
import type { Changed, FormRequest, Page, PageRequest } from '../area.js';
import { csrfField, faultNote, field, html, nothing, select, type Html } from '../markup/index.js';
import { faultPage } from '../show-page.js';
import { addSourceEntry, editSource } from '../source-changes.js';
import type { Visitor } from '../visitor.js';

/** What a person may set of a source in a form, as it is written in `sources.yaml`; the rest is for the file and the API. */
export const FIELDS = ['name', 'url', 'language', 'timeZone', 'agency', 'stories', 'interval', 'tags', 'robots'] as const;
type Name = (typeof FIELDS)[number] | 'id' | 'allowPrivate';
export type Values = Readonly<Partial<Record<Name, string>>>;

const KINDS: readonly (readonly [string, string])[] = [['auto', 'find out'], ['one', 'one'], ['many', 'several, to be cut']];
const ROBOTS: readonly (readonly [string, string])[] = [['obey', 'obey'], ['ignore', 'ignore (a host of your own)']];

export const adding = (visitor: Visitor, values: Values, fault?: Fault | TroubleByName, above: Html = nothing): Page => ({
  title: 'Add a source',
  ...(fault === undefined ? {} : { status: 422 as const }),
  body: html`${above}${form('/sources/-/add', 'Add it', visitor, values, fault, true)}`,
});

type TroubleByName = ReadonlyMap<string, string>;

export async function takeAdded({ form, services, visitor }: FormRequest): Promise<Outcome<Changed> | Page> {
  const values: Values = { ...valuesOf(form), ...(form.get('allowPrivate') === 'true' ? { allowPrivate: 'true' } : {}) };
  const entry = { ...written(values), ...(form.get('allowPrivate') === 'true' ? { allowPrivate: true } : {}), id: values.id ?? '', url: values.url ?? '' };
  const checked = check(entry);
  if (!checked.ok) return adding(visitor, values, checked.trouble);
  const added = await addSourceEntry(services, checked.entry, visitor.role);
  if (!added.ok) return adding(visitor, values, added.fault);
  return ok({ to: `/sources/${added.value.id}`, say: `${added.value.id} stands in the sources and is on; it is polled at once.`, target: added.value.id });
}

export function editPage({ params, services, visitor }: PageRequest): Promise<Page> {
  const source = services.sources().find(({ id }) => id === params['id']);
  return Promise.resolve(source === undefined ? unknown(params['id'] ?? '') : editing(visitor, source, shownOf(source)));
}

const unknown = (id: string): Page => faultPage(misconfigured({ code: 'source-unknown', message: `There is no source ${id.slice(0, 64)}.` }), 404);

const editing = (visitor: Visitor, { id, name }: SourceConfig, values: Values, fault?: Fault | TroubleByName): Page => ({
  title: `Edit ${name}`,
  lead: 'Written to sources.yaml, whose comments stay; the service follows at once.',
  ...(fault === undefined ? {} : { status: 422 as const }),
  body: form(`/sources/${id}/edit`, 'Save', visitor, values, fault, false),
});

/** Only what was changed is written, so that the file keeps its way of saying the rest. */
export async function takeEdited({ form, params, services, visitor }: FormRequest): Promise<Outcome<Changed> | Page> {
  const source = services.sources().find(({ id }) => id === params['id']);
  if (source === undefined) return unknown(params['id'] ?? '');
  const values = valuesOf(form);
  const before = shownOf(source);
  const fields = written(values);
  const changed = Object.fromEntries(FIELDS.filter((name) => (values[name] ?? '') !== (before[name] ?? '')).map((name) => [name, fields[name] ?? null]));
  const checked = check({ ...fields, id: source.id, ...(source.folder === undefined ? {} : { url: 'sample:' }) });
  if (!checked.ok) return editing(visitor, source, values, checked.trouble);
  const edited = await editSource(services, source.id, changed, visitor.role);
  if (!edited.ok) return editing(visitor, source, values, edited.fault);
  return ok({ to: `/sources/${source.id}`, say: `${source.id} is changed.`, target: source.id });
}

/** As the form shows a source. A folder has no address, and its own time between looks. */
const shownOf = ({ name, id, url, language = '', timeZone = '', agency = '', stories, interval, tags, robots, folder }: SourceConfig): Values => ({
  name: name === id ? '' : name, url: folder === undefined ? url : '', language, timeZone, agency, stories, robots, tags: tags.join(', '),
  interval: interval === undefined || folder !== undefined ? '' : interval % 1_000 === 0 ? `${interval / 1_000}s` : `${interval}ms`,
});

const valuesOf = (form: FormData): Values => Object.fromEntries((['id', ...FIELDS] as const).map((name) => {
  const value = form.get(name);
  return [name, typeof value === 'string' ? value.trim() : ''];
}));

/** As the file says it; what is empty is not said. */
function written({ tags, ...values }: Values): Record<string, unknown> {
  const list = (tags ?? '').split(',').map((tag) => tag.trim()).filter((tag) => tag !== '');
  const said = Object.entries(values).filter(([name, value]) => name !== 'id' && name !== 'allowPrivate' && value !== '' && !(name === 'stories' && value === 'auto') && !(name === 'robots' && value === 'obey'));
  return { ...Object.fromEntries(said), ...(list.length === 0 ? {} : { tags: list }) };
}

function check(entry: Readonly<Record<string, unknown>>): { readonly ok: true; readonly entry: SourceInput } | { readonly ok: false; readonly trouble: TroubleByName } {
  const checked = sourceSchema.in.safeParse(entry);
  // Written as it was typed: what the schema made of it, milliseconds for an interval, is not what stands in the file.
  return checked.success ? { ok: true, entry: entry as SourceInput } : { ok: false, trouble: new Map(checked.error.issues.map(({ path, message }) => [String(path[0] ?? ''), message])) };
}

function form(action: string, label: string, visitor: Visitor, values: Values, fault: Fault | TroubleByName | undefined, withId: boolean): Html {
  const byName: TroubleByName = fault instanceof Map ? fault : new Map();
  const of = (name: Name) => ({ name, value: values[name] ?? '', trouble: byName.get(name) });
  return html`${fault instanceof Error ? faultNote(fault) : nothing}<form method="post" action="${action}" class="sheet">${csrfField(visitor)}
  ${withId ? field({ ...of('id'), label: 'Id', required: true, hint: 'Small letters, digits, . _ -; it stands in every record and is never changed.' }) : nothing}
  ${field({ ...of('name'), label: 'Name', hint: 'For people; the id where there is none.' })}
  ${field({ ...of('url'), label: 'Address of the feed or news sitemap', type: 'url', required: withId })}
  ${field({ ...of('language'), label: 'Language', hint: 'A tag such as ar, zh-Hans or pt-BR: a hint, each story is looked at.' })}
  ${field({ ...of('timeZone'), label: 'Time zone', hint: 'Of times written without one, such as Asia/Damascus.' })}
  ${field({ ...of('agency'), label: 'Agency', hint: 'Whose wire it is, for datelines.' })}
  ${select({ name: 'stories', label: 'Stories a page', value: values.stories ?? 'auto', options: KINDS })}
  ${field({ ...of('interval'), label: 'Interval', hint: 'Such as 5m; empty follows its rhythm.' })}
  ${field({ ...of('tags'), label: 'Tags', hint: 'Words of your own, with commas between.' })}
  ${select({ name: 'robots', label: 'robots.txt', value: values.robots ?? 'obey', options: ROBOTS })}
  ${values.allowPrivate === 'true' ? html`<input type="hidden" name="allowPrivate" value="true"><p class="note watch">It may reach private hosts.</p>` : nothing}
  <button class="primary">${label}</button></form>`;
}
