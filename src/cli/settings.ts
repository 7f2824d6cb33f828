import type { Command } from 'commander';
import { loadConfig, type LoadedConfig, type Settings } from '../config/index.js';
import { misconfigured } from '../fault.js';

/** Settings and sources by the global flags, the environment and the files; throws the fault that says what to mend. */
export async function configFor(command: Command, flags: Readonly<Record<string, string>> = {}): Promise<LoadedConfig> {
  const { config, set = [] } = command.optsWithGlobals<{ config?: string; set?: string[] }>();
  const named = Object.fromEntries(set.map(optionOf));
  const loaded = await loadConfig({ configDir: config, flags: { ...named, ...flags } });
  if (!loaded.ok) throw loaded.fault;
  return loaded.value;
}

export const settingsFor = async (command: Command): Promise<Settings> => (await configFor(command)).settings;

function optionOf(text: string): [string, string] {
  const at = text.indexOf('=');
  if (at > 0) return [text.slice(0, at), text.slice(at + 1)];
  throw misconfigured({ code: 'flag-form', message: `--set ${text} names no value.`, hint: 'Write it as --set key=value, such as --set poll.interval=1m.' });
}
