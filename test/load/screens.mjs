import { LiveStream } from './live-stream.mjs';

/**
 * The screens of an operator and of all officers: when an alarm was on the first, and when an officer was told of it. Each alarm has a
 * place of its own, so that it has an incident, an order and a notification of its own.
 */
export class Screens {
  areaOfOrder = new Map();
  notifiedAt = new Map();
  waiting = new Map();
  streams = [];

  static async open(platform) {
    const screens = new Screens();
    const { people } = platform.demo;
    const operator = people.find(({ role }) => role === 'operator');
    const officers = people.filter(({ role }) => role === 'officer');
    screens.streams.push(await LiveStream.open(platform, operator, (event, at) => screens.onOperator(event, at)));
    for (const officer of officers)
      screens.streams.push(await LiveStream.open(platform, officer, (event, at) => screens.onOfficer(event, at)));
    return screens;
  }

  /** Ask before it is caused. @returns both moments, in ms of `performance.now()` */
  alarmAt(areaId, ruleId, limitMs = 60_000) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.waiting.delete(areaId);
        reject(new Error(`${areaId}: no alarm, or no officer was told of it`));
      }, limitMs);
      this.waiting.set(areaId, {
        ruleId,
        resolve: (moments) => {
          clearTimeout(timer);
          resolve(moments);
        },
      });
    });
  }

  async close() {
    for (const stream of this.streams) await stream.close();
  }

  onOperator({ type, payload, areaId }, at) {
    const waiting = this.waiting.get(areaId);
    if (!waiting) return;
    if (type === 'alarm.raised.v1' && payload.ruleId === waiting.ruleId) waiting.screenAt ??= at;
    if (type === 'work-order.changed.v1') this.areaOfOrder.set(payload.workOrderId, areaId);
    this.settle();
  }

  onOfficer({ type, payload }, at) {
    if (type !== 'notification.created.v1') return;
    if (!this.notifiedAt.has(payload.workOrderId)) this.notifiedAt.set(payload.workOrderId, at);
    this.settle();
  }

  /** The two streams come in any order. */
  settle() {
    for (const [workOrderId, areaId] of this.areaOfOrder) {
      const [waiting, notifiedAt] = [this.waiting.get(areaId), this.notifiedAt.get(workOrderId)];
      if (waiting?.screenAt === undefined || notifiedAt === undefined) continue;
      this.areaOfOrder.delete(workOrderId);
      this.waiting.delete(areaId);
      waiting.resolve({ screenAt: waiting.screenAt, notifiedAt });
    }
  }
}
