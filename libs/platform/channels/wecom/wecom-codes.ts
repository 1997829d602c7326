import type { CodeTable } from '../http-outcome.js';

export const wecomBase = 'https://qyapi.weixin.qq.com';

/** Global error codes of the WeCom server API (developer.work.weixin.qq.com, path 90313). -1 is "busy". */
export const wecomCodes: CodeTable = {
  refused: new Set([
    40001, // secret is wrong
    40003, // user id is unknown
    40013, // corpid is unknown
    40056, // agentid is unknown
    40058, // argument is malformed
    41004, // secret is missing
    48002, // API is not allowed for this app
    60011, // app may not see this person
    60020, // this machine's address is not in the app's trusted list
    60111, // no such person
    81013, // nobody of those named can be told
    93000, // the robot's key is none
    93008, // robot is not in the group
  ]),
  limited: new Map([
    [45009, 60_000], // calls per minute
    [45033, 10_000], // calls at once
  ]),
};
/** The token, not the message. */
export const wecomTokenCodes: ReadonlySet<number> = new Set([40014, 41001, 42001]);
