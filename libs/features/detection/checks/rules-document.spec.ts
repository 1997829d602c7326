import { readFileSync } from 'node:fs';
import { conditionSchema } from '@sc/contracts';
import { domains } from '@sc/domains';
import { checkRule } from './check-rule.js';

const document = readFileSync(new URL('../../../../docs/rules.md', import.meta.url), 'utf8');
const examples = [...document.matchAll(/^### (\w+).*?^```json (\w+)\n(.*?)^```/gms)].map(
  ([, kind = '', domain = '', json = '']) => [kind, domain, json] as const,
);

it('shows an example of every kind', () => {
  const kinds = conditionSchema.options.map(({ shape }) => shape.kind.value);
  expect(examples.map(([kind]) => kind).toSorted()).toEqual(kinds.toSorted());
});

it.each(examples)('the example of %s can be taken as it stands', (kind, domain, json) => {
  const condition = JSON.parse(json) as { kind: string };
  expect(condition.kind).toBe(kind);
  const text = { 'zh-CN': '示例', en: 'Example' };
  const rule = {
    id: 'example',
    version: 1,
    domain,
    title: text,
    guidance: text,
    condition,
    severity: 'moderate',
    urgency: 'expected',
    certainty: 'observed',
    workOrder: true,
    enabled: true,
    source: text,
  };
  expect(checkRule(rule, { domains, areaIds: new Set(), devices: new Map() }).issues).toEqual([]);
});
