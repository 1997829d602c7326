import type { CodeTable } from '../http-outcome.js';

export const feishuBase = 'https://open.feishu.cn';

/** Error codes of robots and of the server API (open.feishu.cn, "generic error codes" and im/v1/messages). */
export const feishuCodes: CodeTable = {
  refused: new Set([
    9499, // request is malformed
    10003, // argument is malformed
    10014, // app secret is wrong
    10015, // app secret is wrong
    19001, // token of the robot is none
    19002, // request is malformed
    19021, // signature does not match, or is older than an hour
    19022, // this machine's address is not let in
    19024, // no keyword of the robot's security setting
    99992351, // open_id is unknown
    99992361, // open_id is another app's
    230001, // argument is malformed
    230006, // the app's robot is not switched on
    230013, // the app is not available to this person
    230027, // permission is missing
    99991672, // permission is missing
  ]),
  limited: new Map([
    [11232, 10_000], // frequency of robots
    [99991400, 10_000], // frequency of the app
    [230020, 10_000], // frequency to this person
  ]),
};
/** The token, not the message. */
export const feishuTokenCodes: ReadonlySet<number> = new Set([99991661, 99991663, 99991664, 99991668]);
