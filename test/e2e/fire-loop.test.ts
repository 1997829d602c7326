import {
  type Alarm,
  alarmSchema,
  attachmentSchema,
  auditVerificationSchema,
  notificationSchema,
  type WorkOrder,
  type WorkOrderDetail,
  workOrderDetailSchema,
  workOrderSchema,
} from '@sc/contracts';
import { randomUUID } from 'node:crypto';
import type { MqttDevice, PlatformClient } from '../../simulators/client/index.js';
import type { Platform } from '../support/platform.js';
import { aJpeg } from '../support/pictures.js';
import { waitUntil } from '../support/wait.js';
import { describeDeployments } from './support/deployments.js';

const deviceId = 'sunshine/home-b2-502';

/** The main job, through public doors only: MQTT in, HTTP out. */
describeDeployments((create) => {
  describe('a fire, from the sensor to the closed case', () => {
    let platform: Platform;
    let device: MqttDevice;
    let operator: PlatformClient;
    let officer: PlatformClient;
    let officerLogin: string;
    let alarm: Alarm;
    let order: WorkOrder;

    const openAlarms = () => operator.all(alarmSchema, '/alarms', { deviceId });
    const act = (
      client: PlatformClient,
      action: string,
      body: Record<string, unknown> = {},
    ): Promise<WorkOrderDetail> =>
      client.post(workOrderDetailSchema, `/work-orders/${order.id}/${action}`, { requestId: randomUUID(), ...body });
    const refusal = async (client: PlatformClient, action: string, body: Record<string, unknown> = {}) => {
      const response = await client.send('POST', `/work-orders/${order.id}/${action}`, {
        requestId: randomUUID(),
        ...body,
      });
      return { status: response.status, code: ((await response.json()) as { code?: string }).code };
    };

    beforeAll(async () => {
      platform = await create();
      await platform.start();
      operator = await platform.login('operator1');
      device = await platform.device(deviceId);
    }, 900_000);

    afterAll(async () => {
      await device?.end();
      await platform?.dispose();
    }, 60_000);

    it('raises one alarm, before the PUBACK where the broker is ours, however often the reading is sent', async () => {
      const stream = new AbortController();
      const events: string[] = [];
      const reading = (async () => {
        for await (const event of operator.stream(stream.signal)) events.push(event.type);
      })();
      await waitUntil(() => events.includes('hello'));

      const ts = Date.now();
      await device.telemetry({ ts: ts - 10_000, values: { smoke: 0.1, temperature: 21 } });
      for (let second = 9; second >= 0; second -= 1) {
        const payload = { ts: ts - second * 1000, values: { smoke: 25, temperature: 24 } };
        await device.telemetry(payload);
        await device.telemetry(payload);
      }
      if (!platform.acknowledgesAfterCommit) await waitUntil(async () => (await openAlarms()).length > 0);
      const alarms = await openAlarms();
      expect(alarms.map(({ ruleId }) => ruleId)).toContain('fire-smoke');
      expect(new Set(alarms.map(({ ruleId }) => ruleId)).size).toBe(alarms.length);
      alarm = alarms.find(({ ruleId }) => ruleId === 'fire-smoke')!;
      expect(alarm).toMatchObject({ state: 'unacknowledged', conditionActive: true, occurrences: 1 });
      await waitUntil(() => events.includes('alarm.raised.v1') && events.includes('work-order.changed.v1'));
      stream.abort();
      await reading;
    });

    it('dispatches exactly one work order to the officer on shift of the duty grid', async () => {
      await waitUntil(async () => (await operator.all(workOrderSchema, '/work-orders')).length > 0);
      const orders = await operator.all(workOrderSchema, '/work-orders');
      expect(orders).toHaveLength(1);
      order = orders[0]!;
      expect(order).toMatchObject({ state: 'dispatched', escalationLevel: 0 });
      // a room alone does not tell an officer where to go
      expect(order.areaName).toEqual({ 'zh-CN': '2号楼 · 502室', en: 'Building 2 · Flat 502' });
      expect(alarm.areaName).toEqual(order.areaName);
      const detail = await operator.get(workOrderDetailSchema, `/work-orders/${order.id}`);
      expect(detail.candidates.filter(({ chosen }) => chosen)).toHaveLength(1);
      const person = (await platform.demo()).people.find(({ name }) => name === order.assigneeName)!;
      expect(person.role).toBe('officer');
      officerLogin = person.login;
      officer = await platform.login(officerLogin);
      await waitUntil(async () =>
        (await officer.all(notificationSchema, '/notifications')).some(({ workOrderId }) => workOrderId === order.id),
      );
      expect((await officer.all(workOrderSchema, '/work-orders', { assignee: 'mine' })).map(({ id }) => id)).toEqual([
        order.id,
      ]);
    });

    it('lets the operator acknowledge, and says who did', async () => {
      const acknowledged = await operator.post(alarmSchema, `/alarms/${alarm.id}/acknowledge`, {
        note: 'seen on camera 3',
      });
      expect(acknowledged.state).toBe('acknowledged');
      expect(acknowledged.acknowledgedBy).not.toBeNull();
    });

    it('refuses steps out of order', async () => {
      expect((await refusal(officer, 'report', { note: 'done' })).code).toBe('action-not-allowed');
      expect((await refusal(operator, 'verify')).code).toBe('action-not-allowed');
    });

    it('goes to accepted, in hand and, with note and photo, reported; a repeated request is one step', async () => {
      const requestId = randomUUID();
      const first = await act(officer, 'accept', { requestId });
      const again = await act(officer, 'accept', { requestId });
      expect(again.timeline.filter(({ action }) => action === 'accept')).toHaveLength(1);
      expect(first.state).toBe('accepted');
      expect((await act(officer, 'start')).state).toBe('in-hand');
      expect((await refusal(officer, 'report', { note: 'pan on the stove, aired' })).code).toBe('photo-required');

      const form = new FormData();
      form.append('file', new Blob([new Uint8Array(aJpeg())], { type: 'image/jpeg' }), '../../etc/passwd.jpg');
      const upload = await officer.send('POST', `/work-orders/${order.id}/attachments`, form);
      expect(upload.status).toBe(201);
      const attachment = attachmentSchema.parse(await upload.json());
      const reported = await act(officer, 'report', {
        note: 'pan on the stove, aired',
        attachmentIds: [attachment.id],
      });
      expect(reported.state).toBe('reported');
      const picture = await operator.send('GET', `/attachments/${attachment.id}`);
      expect(picture.headers.get('content-type')).toBe('image/jpeg');
    });

    it('is verified by somebody else only, then closed; nothing leads out of closed', async () => {
      expect(['handler-may-not-verify', 'forbidden', 'action-not-allowed']).toContain(
        (await refusal(officer, 'verify')).code,
      );
      expect((await act(operator, 'verify', { note: 'camera shows clear air' })).state).toBe('verified');
      const closed = await act(operator, 'close');
      expect(closed.state).toBe('closed');
      expect(closed.allowedActions).toEqual(['evaluate']);
      expect((await refusal(operator, 'void', { note: 'no' })).code).toBe('action-not-allowed');
    });

    it('clears when the air is clear, and the alarm that was seen goes back to normal', async () => {
      const ts = Date.now();
      for (let second = 1; second <= 90; second += 5)
        await device.telemetry({ ts: ts + second * 1000, values: { smoke: 0.05, temperature: 22 } });
      await waitUntil(async () => (await openAlarms()).every(({ ruleId }) => ruleId !== 'fire-smoke'));
    });

    it('tells the whole story on one timeline, in order', async () => {
      const { timeline } = await operator.get(workOrderDetailSchema, `/work-orders/${order.id}`);
      const actions = timeline.map(({ action }) => action);
      const story = ['raise', 'dispatch', 'acknowledge', 'accept', 'start', 'report', 'verify', 'close'];
      expect(
        actions
          .filter((action) => story.includes(action) && action !== 'raise')
          .filter((a, i, all) => all.indexOf(a) === i),
      ).toEqual(story.filter((action) => action !== 'raise'));
      expect(actions).toContain('raise');
      for (let i = 1; i < timeline.length; i += 1) expect(timeline[i]!.at >= timeline[i - 1]!.at).toBe(true);
    });

    it('keeps an intact audit trail', async () => {
      const admin = await platform.login('admin');
      const verification = await admin.get(auditVerificationSchema, '/audit/verification');
      expect(verification).toMatchObject({ intact: true });
      expect(verification.entries).toBeGreaterThan(5);
    });

    it('shows an officer of another grid nothing of it', async () => {
      const others = (await platform.demo()).people.filter(
        ({ role, login, areaId }) => role === 'officer' && login !== officerLogin && areaId !== order.dutyGridId,
      );
      const stranger = await platform.login(others[0]!.login);
      expect((await stranger.send('GET', `/work-orders/${order.id}`)).status).toBe(404);
      expect((await stranger.send('GET', `/alarms/${alarm.id}`)).status).toBe(404);
    });
  });
});
