import { access } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { failed, misconfigured, ok, type Outcome } from '../fault.js';
import { packageRoot } from '../package-root.js';
import { CONFIG_DIR_VARIABLE } from './environment.js';
import { loadSettings, type LoadedSettings } from './load-settings.js';
import { loadSources, type LoadedSources } from './load-sources.js';

export interface ConfigRequest {
  /** Folder of dateline.yaml and sources.yaml; default: DATELINE_CONFIG_DIR, else `config` here, else the one Dateline ships. */
  readonly configDir?: string | undefined;
  /** Option key → text as given on the command line. */
  readonly flags?: Readonly<Record<string, string>> | undefined;
  readonly env?: NodeJS.ProcessEnv | undefined;
  readonly cwd?: string | undefined;
}

export interface LoadedConfig extends LoadedSettings {
  readonly configDir: string;
  /** `dateline.yaml` where there is one. */
  readonly settingsFile: string | null;
  readonly sourcesFile: string;
  readonly sources: LoadedSources;
}

const there = (path: string): Promise<boolean> => access(path).then(() => true, () => false);

/** Everything a person configured, or one fault that says what to mend. */
export async function loadConfig(request: ConfigRequest = {}): Promise<Outcome<LoadedConfig>> {
  const { env = process.env, cwd = process.cwd(), flags = {} } = request;
  const named = request.configDir ?? (env[CONFIG_DIR_VARIABLE] === '' ? undefined : env[CONFIG_DIR_VARIABLE]);
  const here = resolve(cwd, 'config');
  let configDir = here;
  if (named !== undefined) configDir = resolve(cwd, named);
  else if (!(await there(join(here, 'sources.yaml')))) configDir = join(packageRoot, 'config');
  if (!(await there(configDir))) {
    return failed(misconfigured({ code: 'config-missing', message: `The folder ${configDir} does not exist.`, hint: 'Name the folder that holds dateline.yaml and sources.yaml.' }));
  }
  const settingsFile = join(configDir, 'dateline.yaml');
  // Settings are all optional, so their file is too; a folder or something worse in its place is still a mistake.
  const file = (await there(settingsFile)) ? settingsFile : null;
  const settings = await loadSettings({ file, env, flags, cwd });
  if (!settings.ok) return settings;
  const sourcesFile = join(configDir, 'sources.yaml');
  const sources = await loadSources(sourcesFile);
  if (!sources.ok) return sources;
  return ok({ ...settings.value, configDir, settingsFile: file, sourcesFile, sources: sources.value });
}
