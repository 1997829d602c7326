import { Stops } from './stops.js';

it('stops in reverse, once, and goes on after a part that fails', async () => {
  const order: string[] = [];
  const stops = new Stops();
  stops.push('first', async () => void order.push('first'));
  stops.push('second', () => Promise.reject(new Error('stuck')));
  stops.push('third', async () => void order.push('third'));
  await Promise.all([stops.run(), stops.run()]);
  expect(order).toEqual(['third', 'first']);
});
