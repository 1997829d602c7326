export { ConfigModule, SETTINGS } from './config.module.js';
export { readSettings, settingsSchema, SettingsError, type Settings } from './settings.js';
