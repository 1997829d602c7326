export { firstPhotoelectric } from './activation-times.js';
export { readFireCsv, type Station, type StationReading } from './fire-csv.js';
export { mapStation, testName } from './mapping.js';
export { replayFire, type ReplayOptions, type ReplayResult } from './replay-fire.js';
export { firstAlarms } from './report.js';
export { shiftTime } from './time-shift.js';
export { replayKinds, type ReplayDevice, type ReplayStory } from './series/index.js';
export { replaySeries, type SeriesOptions, type SeriesResult } from './series/replay-series.js';
