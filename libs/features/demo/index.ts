export { handDevice } from './catalogue/devices.js';
export { demoFilePath } from './demo-file.js';
export { onShiftAt, seedDemo, type SeededDemo, type SeedDemoOptions } from './seed-demo.js';
