export { ConfigModule, SETTINGS } from './config.module.js';
export { settingsDocument } from './settings-document.js';
export { readSettings, settingsSchema, SettingsError, type Settings } from './settings.js';
