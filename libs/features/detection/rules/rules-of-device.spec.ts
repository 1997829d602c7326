import { areaKinds, type Rule } from '@sc/contracts';
import { domains } from '@sc/domains';
import fc from 'fast-check';
import { appliesTo, type DevicePlace } from '../groups/place.js';
import { slotsOf } from '../device-memory.js';
import { initialState } from '../kinds/index.js';
import { plansOf } from '../plan.js';
import { rulesOfDevice } from './rules-of-device.js';

const areaIds = ['c1', 'g1', 'b1', 'r1'];
const labels = ['kitchen', 'roof'];
const names = ['c1/a', 'c1/b'];
const some = (of: string[]) => fc.subarray(of, { minLength: 1 });

/** The rules that the program brings, each perhaps bound to places and switched off. */
const anyRules = fc.tuple(
  ...domains
    .flatMap(({ rules }) => rules)
    .map((rule) =>
      fc
        .record({
          enabled: fc.boolean(),
          appliesTo: fc.option(
            fc.oneof(
              fc.record({ areaIds: some(areaIds) }),
              fc.record({ deviceIds: some(names) }),
              fc.record({ labels: some(labels) }),
            ),
            { nil: undefined },
          ),
        })
        .map(({ enabled, appliesTo: to }): Rule => ({ ...rule, enabled, ...(to ? { appliesTo: to } : {}) })),
    ),
);
const anyPlace: fc.Arbitrary<DevicePlace | undefined> = fc.option(
  fc.record({
    areas: fc.subarray(areaIds).map((ids) => ids.map((id, index) => ({ id, kind: areaKinds[index + 2]! }))),
    labels: fc.subarray(labels),
  }),
  { nil: undefined },
);

it('are exactly the rules that detection judges on the device, when all are on', () => {
  fc.assert(
    fc.property(
      anyRules,
      fc.constantFrom(...names),
      fc.constantFrom(...domains.map(({ name }) => name)),
      anyPlace,
      (rules, id, domain, place) => {
        const { slots } = slotsOf(
          plansOf(rules).get(domain),
          (rule) => appliesTo(rule, id, place),
          ({ condition }) => initialState(condition),
        );
        const judged = new Set([...slots.values()].map(({ rule, membership }) => (membership?.group ?? rule).id));
        const told = rulesOfDevice(rules, { id, domain }, place);
        expect(new Set(told.filter(({ enabled }) => enabled).map((rule) => rule.id))).toEqual(judged);
        const on = rules.map((rule) => ({ ...rule, enabled: true }));
        expect(told.map((rule) => rule.id)).toEqual(rulesOfDevice(on, { id, domain }, place).map((rule) => rule.id));
      },
    ),
    { numRuns: 60 },
  );
});
