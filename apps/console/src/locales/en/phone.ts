import app from './app.js';
import calendars from './calendars.js';
import field from './field.js';
import first from './first.js';
import workOrderAction from './work-order-actions.js';

const { severity, workOrderState } = first;

/** What the phone says on its first page; phone-more.ts comes with the others. */
export default { app, calendars, field, words: { severity, workOrderState, workOrderAction } };
