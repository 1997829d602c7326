export { prepareDatabase } from './prepare-database.js';
export { prepareDemo } from './prepare-demo.js';
