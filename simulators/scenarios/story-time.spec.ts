import fc from 'fast-check';
import { scenarioByName } from './catalogue.js';
import { storyStart } from './story-time.js';

const night = scenarioByName('person-at-night')!;
const lastS = (steps: readonly { atS: number }[]) => Math.max(...steps.map(({ atS }) => atS));
const zones = ['Asia/Shanghai', 'Europe/London', 'America/St_Johns', 'Asia/Kathmandu', 'UTC'];

describe('time of a story', () => {
  it('ends now, unless it has a time of day', () => {
    const fire = scenarioByName('kitchen-fire')!;
    expect(storyStart(fire, 1_000_000_000, 'UTC')).toBe(1_000_000_000 - lastS(fire.steps) * 1000);
  });

  it('begins at its time of day at the site, wholly in the past, not more than a day before it must', () => {
    // Away from the days on which clocks change.
    const moment = fc.integer({ min: Date.UTC(2026, 0, 10), max: Date.UTC(2026, 1, 20) });
    fc.assert(
      fc.property(moment, fc.constantFrom(...zones), (now, timeZone) => {
        const start = storyStart(night, now, timeZone);
        const local = new Date(start).toLocaleTimeString('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' });
        expect(local).toBe(night.startsAt);
        const spare = now - (start + lastS(night.steps) * 1000);
        expect(spare).toBeGreaterThanOrEqual(0);
        expect(spare).toBeLessThan(86_400_000 + 60_000);
      }),
    );
  });
});
