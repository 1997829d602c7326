import { mostResidentPhotos as contractPhotos, residentTokenSchema } from '@sc/contracts';
import { Refused } from './api.js';
import { againInMs, phonePattern } from './draft.js';
import { en } from './en.js';
import { newToken } from './kept.js';
import { mostResidentPhotos } from './limits.js';
import { zh } from './zh.js';

it('makes tokens that the platform takes', () => {
  const tokens = Array.from({ length: 200 }, newToken);
  for (const token of tokens) expect(residentTokenSchema.safeParse(token).success).toBe(true);
  expect(new Set(tokens).size).toBe(200);
});

it('tries again what may heal, when it was told to, and leaves the rest to the person', () => {
  expect(againInMs(new Refused('network'))).toBe(8000);
  expect(againInMs(new Refused('too-many-attempts', 3000))).toBe(3000);
  expect(againInMs(new Refused('invalid-request'))).toBeUndefined();
});

it('knows a phone number', () => {
  for (const good of ['13800001234', '+86 138 0000 1234', '(021) 555-1234'.replace('(', '')])
    expect(good).toMatch(phonePattern);
  for (const bad of ['', 'abc', '<script>', '12']) expect(bad).not.toMatch(phonePattern);
});

const textsOf = (value: unknown, path = ''): [string, string][] =>
  typeof value === 'string'
    ? [[path, value]]
    : Object.entries(value as object).flatMap(([key, inner]) => textsOf(inner, `${path}.${key}`));

it('says the same in both languages, with the same values in it', () => {
  const chinese = new Map(textsOf(zh));
  const english = textsOf(en);
  expect([...chinese.keys()].sort()).toEqual(english.map(([path]) => path).sort());
  const values = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
  for (const [path, text] of english) expect([path, values(chinese.get(path)!)]).toEqual([path, values(text)]);
  expect(english.filter(([path, text]) => chinese.get(path) === text).map(([path]) => path)).toEqual([]);
});

it('takes as many photos as the platform', () => {
  expect(mostResidentPhotos).toBe(contractPhotos);
});
