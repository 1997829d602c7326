import type { CodeTable } from '../http-outcome.js';

export const dingtalkBase = 'https://oapi.dingtalk.com';

/** Error codes of robots and of the server API (open.dingtalk.com, "global error codes"). -1 is "busy". */
export const dingtalkCodes: CodeTable = {
  refused: new Set([
    300001, // token of the robot is none
    300005, // token of the robot is none any more
    310000, // refused by the robot's security setting: signature, keyword or address
    400013, // group was dissolved
    400101, // token does not exist
    400102, // robot is switched off
    400105, // kind of message is not supported
    40035, // argument is malformed
    40078, // app key or secret is wrong
    40089, // app key or secret is wrong
    40096, // app key or secret is wrong
    33012, // user id is unknown
    60121, // no such person
    400002, // argument is malformed
  ]),
  limited: new Map([
    [130101, 60_000], // more than 20 a minute: the robot is deaf for a while
    [410100, 60_000], // the same of the robot's newer interface
    [90002, 10_000], // calls per second
    [90018, 60_000], // calls of the whole company
  ]),
};
/** The token, not the message. */
export const dingtalkTokenCodes: ReadonlySet<number> = new Set([40001, 40014, 41001, 42001]);
