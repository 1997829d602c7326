import { ApiProblem, problemOf } from '../api/problem.js';
import { toldOf } from './problem-text.js';

const refused = (code: string, more: object = {}) =>
  problemOf(409, {
    type: `urn:smart-community:problem:${code}`,
    title: 'A title',
    status: 409,
    code,
    detail: 'nobody hands over to themselves',
    text: { en: 'nobody hands over to themselves', 'zh-CN': '不能交班给自己' },
    ...more,
  });

describe('what the platform says of a refusal', () => {
  it('is in the language of the reader', () => {
    expect(toldOf(refused('conflict'), (text) => text['zh-CN'])).toEqual({ reason: '不能交班给自己', where: '' });
    expect(toldOf(refused('conflict'), ({ en }) => en).reason).toBe('Nobody hands over to themselves');
  });

  it('names each place with its words or its code, and nothing twice', () => {
    const errors = [
      {
        path: 'receiverId',
        message: 'nobody hands over to themselves',
        text: { en: 'nobody hands over to themselves', 'zh-CN': '不能交班给自己' },
      },
      { path: 'words', message: 'is missing', text: { en: 'is missing', 'zh-CN': '缺失' } },
      { path: 'item', message: 'kind-fixed' },
    ];
    expect(toldOf(refused('conflict', { errors }), (text) => text['zh-CN']).where).toBe(
      'words: 缺失; item: kind-fixed',
    );
  });

  it('is left out where the title says it all, also of an answer without it', () => {
    expect(toldOf(refused('wrong-credentials'), ({ en }) => en).reason).toBeUndefined();
    expect(toldOf(new ApiProblem('network', 0), ({ en }) => en)).toEqual({ reason: undefined, where: '' });
    expect(toldOf(problemOf(502, '<html>'), ({ en }) => en).reason).toBeUndefined();
  });
});
