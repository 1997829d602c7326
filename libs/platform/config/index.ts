export { ConfigModule, SETTINGS } from './config.module.js';
export { settingsDocument } from './settings-document.js';
export { readSettings, type Settings } from './settings.js';
