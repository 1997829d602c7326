import { Slots, Turns } from './slots.js';

const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

it('gives so many slots at once, the next free one to who is urgent, and one back after a failure', async () => {
  const slots = new Slots(2);
  const begun: string[] = [];
  const ends = new Map<string, (error?: Error) => void>();
  const work = (name: string, urgent: boolean) =>
    slots.run(urgent, () => {
      begun.push(name);
      return new Promise<void>((resolve, reject) => ends.set(name, (error) => (error ? reject(error) : resolve())));
    });
  const failing = work('a', false);
  const all = [work('b', false), work('c', false), work('fire', true)];
  await settle();
  expect(begun).toEqual(['a', 'b']);
  ends.get('a')!(new Error('no'));
  await expect(failing).rejects.toThrow('no');
  await settle();
  expect(begun).toEqual(['a', 'b', 'fire']);
  ends.get('fire')!();
  await settle();
  expect(begun).toEqual(['a', 'b', 'fire', 'c']);
  ends.get('b')!();
  ends.get('c')!();
  await Promise.all(all);
});

it('lets work of one key take turns, whatever became of the work before', async () => {
  const turns = new Turns();
  const order: string[] = [];
  const first = turns.run('x', async () => {
    order.push('first');
    await settle();
    throw new Error('no');
  });
  const second = turns.run('x', async () => void order.push('second'));
  const other = turns.run('y', async () => void order.push('other'));
  await expect(first).rejects.toThrow('no');
  await Promise.all([second, other]);
  expect(order).toEqual(['first', 'other', 'second']);
});
