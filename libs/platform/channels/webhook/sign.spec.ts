import { sign } from './sign.js';

describe('the signature of a webhook', () => {
  it('is that of Standard Webhooks (the example of its specification)', () => {
    const body = '{"test": 2432232314}';
    expect(sign('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'msg_p5jXN8AQM9LWM0D4loKWxJek', 1614265330, body)).toBe(
      'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    );
  });

  it('covers id, time and body, and depends on the key', () => {
    const given = ['k'.repeat(32), 'id', 1, 'body'] as const;
    const others = [
      sign('K'.repeat(32), 'id', 1, 'body'),
      sign(given[0], 'iD', 1, 'body'),
      sign(given[0], 'id', 2, 'body'),
      sign(given[0], 'id', 1, 'Body'),
    ];
    expect(new Set([sign(...given), ...others]).size).toBe(5);
  });
});
