export { isoDay, minutesOfDay } from './day-cells.js';
export { ImportPlan } from './import-plan.js';
export { csvBody, registerCsvBody } from './csv-body.js';
export { readTable, type Table, type TableRow } from './read-table.js';
export { csvLine, csvMark, writeCsv } from './write-csv.js';
export { geoJsonBody, registerGeoJsonBody } from './geo-json-body.js';
