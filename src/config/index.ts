export { ROLES, settingsOf, settingsSchema, type Role, type Settings, type SettingsInput } from './settings.js';
export { isSampleSource, sourceSchema, sourcesFileSchema, type SourceConfig, type SourceInput } from './source.js';
export { OPTIONS, envName, type Option } from './options.js';
export { loadConfig, type ConfigRequest, type LoadedConfig } from './load.js';
export { loadSettings, type LoadedSettings, type Origin, type SettingsRequest } from './load-settings.js';
export { loadSources, parseSources, type LoadedSources } from './load-sources.js';
export { watchSources, type SourcesListener, type SourcesWatch, type WatchOptions } from './watch-sources.js';
export { addSource, addSources, setSourceEnabled, setSourcesEnabled } from './edit-sources.js';
export { jsonSchema, renderOptionTable, renderSettingsFile, settingsJsonSchema, sourcesJsonSchema } from './render.js';
