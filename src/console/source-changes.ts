import { addSource, addSources, changeSource, setSourceEnabled, type LoadedSources, type SourceConfig, type SourceInput } from '../config/index.js';
import { failed, misconfigured, ok, type Outcome } from '../fault.js';
import { parseOpml, writeOpml } from '../feed/index.js';
import { sourceOf, sourcesFrom, subscriptionsOf } from '../sourcing/index.js';
import type { ConsoleServices } from './services.js';
import { mayAct, type UserRole } from './visitor.js';

/**
 * What the console does to sources, for its pages and its API alike. Changes are written to `sources.yaml` with its comments kept;
 * the running service follows the file.
 */

type FileOf = Pick<ConsoleServices, 'sourcesFile'>;

export async function addSourceEntry({ sourcesFile, sources }: Pick<ConsoleServices, 'sourcesFile' | 'sources'>, source: SourceInput, role: UserRole): Promise<Outcome<SourceConfig>> {
  const trusted = checkTrust({ ...source }, role);
  if (!trusted.ok) return trusted;
  if (sources().some(({ id }) => id === source.id)) return failed(misconfigured({ code: 'id-taken', message: `The id ${source.id} is taken.`, hint: 'Give another one.' }));
  const present = sourceOf(source.url === undefined ? [] : [source.url], sources());
  if (present !== undefined) return failed(misconfigured({ code: 'source-present', message: `The source ${present.id} reads this feed already.`, hint: present.enabled ? 'Look at it under Sources.' : 'It is switched off: resume it.' }));
  return entryOf(await addSource(sourcesFile, source), source.id);
}

/** Sets fields as they are written in the file; null takes one away. */
export async function editSource({ sourcesFile }: FileOf, id: string, fields: Readonly<Record<string, unknown>>, role: UserRole): Promise<Outcome<SourceConfig>> {
  const trusted = checkTrust(fields, role);
  return trusted.ok ? entryOf(await changeSource(sourcesFile, id, fields), id) : trusted;
}

export const switchSource = async ({ sourcesFile }: FileOf, id: string, enabled: boolean): Promise<Outcome<SourceConfig>> =>
  entryOf(await setSourceEnabled(sourcesFile, id, enabled), id);

/** Makes its next poll due now. One that is being polled is left alone: what it asks is on its way. */
export async function pollNow(services: Pick<ConsoleServices, 'due' | 'sources'>, id: string): Promise<Outcome<SourceConfig>> {
  const source = inUse(services, id);
  if (source.ok) await services.due.hasten(id, 0);
  return source;
}

/** Leaves it alone for a time; the file stays as it is. */
export async function parkSource(services: Pick<ConsoleServices, 'due' | 'sources'>, id: string, ms: number): Promise<Outcome<SourceConfig>> {
  const source = inUse(services, id);
  if (source.ok) await services.due.reschedule(id, ms);
  return source;
}

export interface Imported {
  readonly added: readonly string[];
  readonly present: number;
  readonly unusable: readonly { readonly url: string; readonly why: string }[];
}

/** Takes the subscriptions of an OPML list over, switched off unless said otherwise; feeds that a source reads already are left out. */
export async function importOpml({ sourcesFile, sources }: Pick<ConsoleServices, 'sourcesFile' | 'sources'>, text: string, enabled: boolean): Promise<Outcome<Imported>> {
  const list = parseOpml(new TextEncoder().encode(text));
  if (!list.ok) return list;
  const { fresh, present, unusable } = sourcesFrom(list.value, sources(), enabled);
  if (fresh.length > 0) {
    const added = await addSources(sourcesFile, fresh);
    if (!added.ok) return added;
  }
  return ok({ added: fresh.map(({ id }) => id), present, unusable });
}

export const exportOpml = ({ sources }: Pick<ConsoleServices, 'sources'>, onlyEnabled: boolean): string =>
  writeOpml(subscriptionsOf(sources().filter(({ enabled }) => enabled || !onlyEnabled)));

/** What reaches beyond the open network, or past a host's wishes, is the operator's to allow. */
function checkTrust(fields: Readonly<Record<string, unknown>>, role: UserRole): Outcome<null> {
  const beyond = [
    ...(fields['allowPrivate'] === true ? ['allowPrivate'] : []), ...(fields['robots'] === 'ignore' ? ['robots: ignore'] : []),
    ...(typeof fields['proxy'] === 'string' ? ['proxy'] : []),
    ...(fields['kind'] === 'folder' || typeof fields['path'] === 'string' ? ['a folder of this machine'] : []),
    ...(typeof fields['url'] === 'string' && !/^https?:/i.test(fields['url']) ? ['an address that is not of the web'] : []),
  ];
  return beyond.length === 0 || mayAct(role, 'operator') ? ok(null)
    : failed(misconfigured({ code: 'role-too-low', message: `Only an operator may set ${beyond.join(', ')}.`, hint: 'Leave it out, or ask one.' }));
}

function inUse({ sources }: Pick<ConsoleServices, 'sources'>, id: string): Outcome<SourceConfig> {
  const source = sources().find((one) => one.id === id);
  if (source === undefined) return failed(unknown(id));
  return source.enabled ? ok(source) : failed(misconfigured({ code: 'source-off', message: `${id} is switched off, so it is not polled.`, hint: 'Resume it first.' }));
}

const unknown = (id: string) => misconfigured({ code: 'source-unknown', message: `There is no source ${id.slice(0, 64)}.` });

function entryOf(edited: Outcome<LoadedSources>, id: string): Outcome<SourceConfig> {
  if (!edited.ok) return edited;
  const source = edited.value.sources.find((one) => one.id === id);
  return source === undefined ? failed(unknown(id)) : ok(source);
}
