/** Facts of os-release(5) that tell which archives are the distribution's own. */
export interface Distribution {
  readonly id: string;
  readonly codename: string;
}

export function readDistribution(osRelease: string): Distribution | null {
  const field = (name: string): string | undefined =>
    new RegExp(`^${name}=["']?([^"'\\n]*)["']?$`, 'm').exec(osRelease)?.[1];
  const id = field('ID');
  const codename = field('VERSION_CODENAME');
  return id === undefined || codename === undefined || codename === '' ? null : { id, codename };
}

const POCKETS = ['', '-updates', '-security'];
/** A stable Debian may be named by its standing instead of its name. */
const STANDINGS = ['stable', 'oldstable', 'oldoldstable', 'testing', 'unstable', 'sid'];

/**
 * The entries of apt's source files (both forms, sources.list(5)) that belong to the distribution itself, as text of one
 * file in the deb822 form. Third parties' archives are left out: one that is unreachable would hold everything up.
 * They are known by their suites (`bookworm-pgdg`, `nodistro`) or components (`stable`).
 */
export function ownSources(files: readonly { readonly name: string; readonly text: string }[], distribution: Distribution): string {
  const suites = new Set([distribution.codename, ...STANDINGS].flatMap((suite) => POCKETS.map((pocket) => suite + pocket)));
  return files
    .flatMap(({ name, text }) => (name.endsWith('.sources') ? paragraphs(text) : oneLiners(text)))
    .map((entry): Entry => ({ ...entry, suites: entry.suites.filter((suite) => suites.has(suite)) }))
    .filter(({ suites, components }) => suites.length > 0 && components.includes('main'))
    .map(({ uris, suites, components, options }) =>
      [`Types: deb`, `URIs: ${uris.join(' ')}`, `Suites: ${suites.join(' ')}`, `Components: ${components.join(' ')}`, ...options].join('\n'))
    .join('\n\n');
}

interface Entry {
  readonly uris: readonly string[];
  readonly suites: readonly string[];
  readonly components: readonly string[];
  /** Further deb822 fields, whole lines. */
  readonly options: readonly string[];
}

const words = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '');

function paragraphs(text: string): Entry[] {
  const lines = text.split(/\r?\n/).filter((line) => !line.startsWith('#')).join('\n');
  return lines.split(/\n[ \t]*\n/).flatMap((paragraph): Entry[] => {
    const fields = new Map<string, string>();
    let last = '';
    for (const line of paragraph.split('\n')) {
      const field = /^([A-Za-z-]+):(.*)$/.exec(line);
      if (field?.[1] !== undefined) {
        last = field[1].toLowerCase();
        fields.set(last, field[2] ?? '');
      } else if (/^[ \t]/.test(line) && last !== '') fields.set(last, `${fields.get(last) ?? ''}\n${line}`);
    }
    const list = (name: string): string[] => words(fields.get(name) ?? '');
    if (!list('types').includes('deb') || /^\s*(?:no|false)\s*$/i.test(fields.get('enabled') ?? '')) return [];
    const known = new Set(['types', 'uris', 'suites', 'components', 'enabled']);
    const options = [...fields].filter(([name]) => !known.has(name)).map(([name, value]) => `${name}:${value}`);
    return [{ uris: list('uris'), suites: list('suites'), components: list('components'), options }];
  });
}

/** `deb [arch=amd64 signed-by=/path] http://host/debian bookworm main` */
const ONE_LINE = /^\s*deb\s+(?:\[([^\]\n]*)\]\s+)?(\S+)\s+(\S+)\s+([^#\n]*)/;
const OPTION_FIELDS = new Map([['arch', 'Architectures'], ['signed-by', 'Signed-By'], ['trusted', 'Trusted'], ['check-valid-until', 'Check-Valid-Until']]);

function oneLiners(text: string): Entry[] {
  return text.split(/\r?\n/).flatMap((line): Entry[] => {
    const [, bracket = '', uri, suite, components] = ONE_LINE.exec(line) ?? [];
    if (uri === undefined || suite === undefined || components === undefined) return [];
    const options = words(bracket).flatMap((option) => {
      const [name = '', value = ''] = option.split('=', 2);
      const field = OPTION_FIELDS.get(name);
      return field === undefined ? [] : [`${field}: ${value.replaceAll(',', ' ')}`];
    });
    return [{ uris: [uri], suites: [suite], components: words(components), options }];
  });
}
