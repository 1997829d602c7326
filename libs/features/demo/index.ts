export { community as demoCommunity } from './catalogue/areas.js';
export { handDevice } from './catalogue/devices.js';
export { demoFilePath, readDemoFile } from './demo-file.js';
export { onShiftAt, seedDemo, type SeededDemo, type SeedDemoOptions } from './seed-demo.js';
