import { retentionClassSchema, retentionDays } from '@sc/contracts';
import { domains } from '@sc/domains';
import { retentionByMetric } from './retention-of.js';

const dayMs = 86_400_000;

describe('retention', () => {
  it.each(retentionClassSchema.options)('of %s keeps what is coarser at least as long', (name) => {
    const { raw, minute, hour } = retentionDays[name];
    expect(raw).toBeGreaterThan(0);
    expect(minute).toBeGreaterThanOrEqual(raw);
    expect(hour).toBeGreaterThanOrEqual(minute);
  });

  it('goes by the metric of the device’s domain, and by the default where nobody describes it', () => {
    const of = retentionByMetric(domains, (deviceId) => ({ smoke: 'fire', bin: 'sanitation' })[deviceId]);
    expect(of('smoke', 'temperature').rawMs).toBe(retentionDays['life-safety'].raw * dayMs);
    expect(of('bin', 'temperature').rawMs).toBe(retentionDays.environment.raw * dayMs);
    expect(of('smoke', 'temperature')).toBe(of('smoke', 'co'));
    for (const unknown of [of('smoke', 'humidity'), of('nobody', 'smoke'), of('smoke', '__proto__')])
      expect(unknown).toBe(of('smoke', 'constructor'));
  });
});
