import type { ChannelMessage, Destination, NotificationChannel } from './channel.js';

interface Told {
  text: string;
  key?: string;
}

/** What stands behind an adapter in a test: a real server of its protocol, and what it got. */
export interface ChannelHarness {
  channel: NotificationChannel;
  destination: Destination;
  /** Somebody this channel cannot reach. */
  wrong: Destination;
  /** What was told, in order: the text that a person or a program reads, and the key of repeats where the protocol has one. */
  told(): Told[] | Promise<Told[]>;
  /** The other side tells a repeat from news by itself. */
  knowsRepeats?: true;
  /** From now on the other side is busy, refuses for good, or takes everything. */
  behave(how: 'well' | 'busy' | 'refusing'): void | Promise<void>;
  /** The other side ends. */
  away(): Promise<void>;
  /** No outcome may hold any of these. */
  secrets: string[];
  stop(): Promise<void>;
}

export const aMessage = (more: Partial<ChannelMessage> = {}): ChannelMessage => ({
  key: '0199f3a2-7c1e-7b0a-9d7e-0c3f5a1b2c4d',
  kind: 'work-order-assigned',
  severity: 'severe',
  title: { 'zh-CN': '新工单 WO-000123', en: 'New work order WO-000123' },
  body: { 'zh-CN': '烟雾报警', en: 'Smoke alarm' },
  link: 'https://community.example/work-orders/1',
  path: '/work-orders/1',
  expiresAt: Date.UTC(2126, 0, 1),
  ...more,
});

/** Every adapter of the port passes it, and so does the fake. */
export function channelConformance(name: string, start: () => Promise<ChannelHarness>): void {
  describe(`a channel: ${name}`, () => {
    let h: ChannelHarness;
    beforeEach(async () => {
      h = await start();
    });
    afterEach(async () => {
      await h.channel.close();
      await h.stop();
    });

    it('tells in the language of who is told, with the same key in every attempt', async () => {
      expect(await h.channel.deliver(aMessage(), { ...h.destination, locale: 'en' })).toEqual({ outcome: 'delivered' });
      expect(await h.channel.deliver(aMessage(), { ...h.destination, locale: 'zh-CN' })).toEqual({
        outcome: 'delivered',
      });
      const told = await h.told();
      expect(told).toHaveLength(h.knowsRepeats ? 1 : 2);
      expect(told[0]!.text).toMatch(/New work order.*WO.*000123/s);
      expect(told.at(-1)!.text).toContain('新工单');
      expect(told.at(-1)!.key).toBe(told[0]!.key);
    });

    it('says no for good, no for now, and nobody there: as outcomes, never as errors, never with a secret', async () => {
      await h.behave('refusing');
      const outcomes = [await h.channel.deliver(aMessage(), h.destination)];
      await h.behave('busy');
      outcomes.push(await h.channel.deliver(aMessage(), h.destination));
      await h.behave('well');
      outcomes.push(await h.channel.deliver(aMessage(), h.destination));
      const told = await h.told();
      await h.away();
      outcomes.push(await h.channel.deliver(aMessage(), h.destination));
      expect(outcomes.map(({ outcome }) => outcome)).toEqual(['refused', 'later', 'delivered', 'later']);
      expect(told).toHaveLength(1);
      for (const one of outcomes) if (one.outcome !== 'delivered') expect(one.reason).toMatch(/^[a-z0-9-]{2,60}$/i);
      for (const secret of h.secrets) expect(JSON.stringify(outcomes)).not.toContain(secret);
    });

    it('refuses who it cannot reach, and asks nobody', async () => {
      expect(await h.channel.deliver(aMessage(), h.wrong)).toEqual({ outcome: 'refused', reason: 'wrong-destination' });
      expect(await h.told()).toEqual([]);
    });

    it('tells texts that look like something else', async () => {
      const texts = [
        '"}],{"a":"b\\',
        'a\r\nBcc: x@evil.example\r\n\r\nb',
        '{{secret}} ${x} %00 &a=b',
        '👩‍🚒'.repeat(400),
      ];
      for (const [n, text] of texts.entries()) {
        const title = { 'zh-CN': `标题${text}`.slice(0, 300), en: `title ${text}`.slice(0, 300) };
        const body = { 'zh-CN': text, en: text };
        const key = `0199f3a2-7c1e-7b0a-9d7e-0c3f5a1b2c0${n}`;
        expect(await h.channel.deliver(aMessage({ key, title, body }), h.destination)).toEqual({
          outcome: 'delivered',
        });
      }
      const told = await h.told();
      expect(told).toHaveLength(4);
      for (const { text } of told) for (const secret of h.secrets) expect(text).not.toContain(secret);
    });
  });
}
