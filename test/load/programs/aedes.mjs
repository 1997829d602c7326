// The baseline of many connections: Aedes as its documentation starts it, which lets everybody in and keeps nothing.
import { createServer } from 'node:net';
import { Aedes } from 'aedes';

const broker = await Aedes.createBroker();
const server = createServer({ noDelay: true }, broker.handle);
server.listen(Number(process.argv[2] ?? 0), '127.0.0.1', () =>
  process.send({ kind: 'ready', port: server.address().port }),
);
process.on('disconnect', () => process.exit(0));
