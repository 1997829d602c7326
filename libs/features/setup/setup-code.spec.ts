import { hashSetupCode, newSetupCode } from './setup-code.js';

it('makes a code of 80 bits in groups, never the same twice', () => {
  const codes = Array.from({ length: 200 }, newSetupCode);
  for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/);
  expect(new Set(codes).size).toBe(codes.length);
});

it('knows the code however a person types it, and no other', () => {
  const right = hashSetupCode('7K3M-Q8VD-0120-1ABC');
  for (const typed of ['7k3m q8vd o12o iabc', '7K3MQ8VD0120LABC', ' 7k3m–q8vd–0120–1abc '])
    expect(hashSetupCode(typed).equals(right)).toBe(true);
  expect(hashSetupCode('7K3M-Q8VD-0120-1ABD').equals(right)).toBe(false);
});
