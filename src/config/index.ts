export { ROLES, settingsOf, settingsSchema, type Role, type Settings, type SettingsInput } from './settings.js';
export { isSampleSource, sourceSchema, sourcesFileSchema, type SourceConfig, type SourceInput } from './source.js';
export { OPTIONS, envName, type Option } from './options.js';
