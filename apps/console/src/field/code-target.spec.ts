import { targetOfCode } from './code-target.js';

const token = 'Q2hlY2stcG9pbnQtY29kZS0wMDE';

it.each([
  ['https://smart.example/d/sunny/smoke-1', '/field/d/sunny/smoke-1'],
  ['http://192.168.1.5:3000/field/d/sunny/smoke-1/', '/field/d/sunny/smoke-1'],
  [' Sunny/Smoke-1 ', '/field/d/sunny/smoke-1'],
  [`https://smart.example/field/c/${token}`, `/field/c/${token}`],
  [token, `/field/c/${token}`],
])('a code of ours leads to its page, whichever address the label was printed with: %s', (code, path) => {
  expect(targetOfCode(code)?.path).toBe(path);
});

it.each([
  '',
  'https://evil.example/',
  'https://evil.example/d/sunny/smoke-1/../../../login',
  'javascript:alert(1)',
  'https://smart.example/field/c/..%2f..%2fme',
  'WIFI:S:guest;T:WPA;P:secret;;',
  '6901234567892',
])('anything else leads nowhere: %s', (code) => {
  expect(targetOfCode(code)).toBeUndefined();
});
