// Acknowledges everything and does nothing else: shows how fast the load generator itself can be.
import { createServer } from 'node:net';

const server = createServer({ noDelay: true }, (socket) => {
  let rest = Buffer.alloc(0);
  socket.on('error', () => undefined);
  socket.on('data', (chunk) => {
    const bytes = rest.length ? Buffer.concat([rest, chunk]) : chunk;
    const answers = Buffer.allocUnsafe(4 * Math.ceil(bytes.length / 2));
    let answered = 0;
    let at = 0;
    while (bytes.length - at >= 3) {
      // Lengths here are below 16,384: one or two bytes [MQTT-2.2.3].
      const isLong = bytes[at + 1] > 127;
      const header = isLong ? 3 : 2;
      const end = at + header + (isLong ? (bytes[at + 1] & 127) + bytes[at + 2] * 128 : bytes[at + 1]);
      if (end > bytes.length) break;
      if (bytes[at] === 0x10) answered = answers.writeUInt32BE(0x20020000, answered);
      else {
        const idAt = at + header + 2 + bytes.readUInt16BE(at + header);
        answered = answers.writeUInt32BE(0x40020000 + bytes.readUInt16BE(idAt), answered);
      }
      at = end;
    }
    rest = bytes.subarray(at);
    if (answered > 0) socket.write(answers.subarray(0, answered));
  });
});
server.listen(0, '127.0.0.1', () => process.send({ kind: 'ready', port: server.address().port }));
process.on('disconnect', () => process.exit(0));
