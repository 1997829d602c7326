// The devices of one round, in a process of their own, so that no fault of the platform or of the test touches what they remember.
// In: `run`, then `cut`, `jump`, `stop`. Out: `progress` twice a second, `done`.
import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { DeviceConnection } from './device-connection.mjs';
import { LoadSource, StorySource, Timeline } from './sources.mjs';

const pollMs = 20;
const progressMs = 100;
const entryBytes = 8;

process.on('disconnect', () => process.exit(0));
const commands = { run, cut: () => undefined, jump: () => undefined, stop: () => undefined };
process.on('message', ({ kind, ...options }) => commands[kind]?.(options));

/** What was acknowledged, on disk: two bytes for the number of the device, six for the time of the reading. */
class Record {
  buffer = Buffer.alloc(65_536 * entryBytes);
  used = 0;
  count = 0;

  constructor(path) {
    this.file = openSync(path, 'a', 0o600);
  }

  add(device, ts) {
    this.buffer.writeUInt16BE(device, this.used);
    this.buffer.writeUIntBE(ts, this.used + 2, 6);
    this.used += entryBytes;
    this.count += 1;
    if (this.used === this.buffer.length) this.write();
  }

  write() {
    if (this.used > 0) writeSync(this.file, this.buffer, 0, this.used);
    this.used = 0;
  }

  close() {
    this.write();
    fdatasyncSync(this.file);
    closeSync(this.file);
  }
}

/**
 * @param options `load` [{ login, topic, names, suffixes }] as fast as the window allows; `story` [{ login, topic, messages }]
 *   each message at its time; `timeline` `{ from, stepMs, limit }`
 */
function run({ port, load, story, window, timeline, twice, recordPath }) {
  const record = new Record(recordPath);
  const startedAt = Date.now();
  const timelines = load.map(({ suffixes = [''] }) => suffixes.map(() => new Timeline(timeline)));
  const connections = [];
  const told = story.map(({ messages }) => messages.map(() => false));
  load.forEach((device, index) => {
    // Two connections of one device each send all of it.
    for (const [place, suffix] of (device.suffixes ?? ['']).entries()) {
      const login = { ...device.login, clientId: device.login.id + suffix };
      const source = new LoadSource(device, timelines[index][place], { twice });
      connections.push(new DeviceConnection({ port, login, window, source, onAck: (ts) => record.add(index, ts) }));
    }
  });
  const stories = story.map((device, index) => {
    const source = new StorySource(device, device.messages, startedAt);
    const onAck = (key) => (told[index][key] = true);
    connections.push(new DeviceConnection({ port, login: device.login, window: 20, source, onAck }));
    return source;
  });

  const polling = setInterval(() => connections.forEach((connection) => connection.pump()), pollMs);
  const isWaiting = () =>
    outstanding() > 0 ||
    stories.some(({ isOver }) => !isOver) ||
    timelines.flat().some(({ sent, limit }) => sent < limit) ||
    connections.some(({ source }) => source.block?.length > 0);
  const outstanding = () => connections.reduce((sum, { inFlight }) => sum + inFlight.size, 0);
  const progress = () => ({
    acknowledged: record.count,
    sent: timelines.flat().reduce((sum, { sent }) => sum + sent, 0),
    outstanding: outstanding(),
    storyIsOver: stories.every(({ isOver }) => isOver),
    connected: connections.filter(({ socket }) => socket).length,
    connects: connections.reduce((sum, { connects }) => sum + connects, 0),
  });
  const reporting = setInterval(() => {
    record.write();
    process.send({ kind: 'progress', ...progress() });
  }, progressMs);

  commands.cut = ({ every }) => connections.forEach((one, index) => index % every === 0 && one.cutInsidePacket());
  commands.jump = ({ every, byMs }) =>
    timelines.forEach((each, index) => {
      if (index % every === 0) for (const one of each) one.offset += byMs;
    });
  commands.stop = () => {
    // Where there are two, each ends where the other one is.
    for (const each of timelines) for (const one of each) one.limit = Math.max(...each.map(({ sent }) => sent));
    const waiting = setInterval(() => {
      if (isWaiting()) return;
      clearInterval(waiting);
      clearInterval(polling);
      clearInterval(reporting);
      record.close();
      const strangeAcks = connections.reduce((sum, one) => sum + one.strangeAcks, 0);
      const report = { ...progress(), strangeAcks, told: told.map((each) => each.every(Boolean)) };
      for (const connection of connections) connection.close();
      process.send({ kind: 'done', ...report });
    }, pollMs);
  };
}
