// The baseline: what one would write first. MQTT.js, QoS 1, parse and count, keep nothing.
import { connectAsync } from 'mqtt';

const reportEveryMs = 10;
let count = 0;
let values = 0;

const client = await connectAsync(
  process.argv[2],
  // Under 3.1.1 Mosquitto sends only a few messages before the first acknowledgement.
  { protocolVersion: 5, clientId: 'bench-subscriber', properties: { receiveMaximum: 65_535 } },
  false,
);
client.on('message', (topic, payload) => {
  const message = JSON.parse(payload.toString());
  // Where somebody waits for how long it takes; on a clock that all processes share.
  if (topic.endsWith('/event')) return process.send({ kind: 'event', id: message.id, at: sharedNow() });
  for (const name in message.values) if (message.values[name] !== undefined) values += 1;
  count += 1;
});
await client.subscribeAsync('sc/#', { qos: 1 });
setInterval(() => process.connected && process.send({ kind: 'received', count, values }), reportEveryMs);
// A new session of a clean start would not have what was on its way: the count would stand still and pass for slowness.
client.on(
  'close',
  () => process.connected && process.send({ kind: 'failed', error: 'its connection to Mosquitto broke' }),
);
process.on('disconnect', () => process.exit(0));
process.send({ kind: 'ready' });

function sharedNow() {
  return performance.timeOrigin + performance.now();
}
