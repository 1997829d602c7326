import { once } from 'node:events';

const samplingIntervalUs = 500;
const topFunctions = 20;

/** The inspector of a Node that was started with `--inspect`. */
export class Inspector {
  nextId = 1;
  waiting = new Map();

  /** @param output what that Node printed: the address stands in it */
  static async connect(output) {
    const address = /ws:\/\/\S+/.exec(output)?.[0];
    if (!address) throw new Error('the platform tells no address of its inspector');
    const socket = new WebSocket(address);
    await once(socket, 'open');
    return new Inspector(socket);
  }

  constructor(socket) {
    this.socket = socket;
    socket.addEventListener('message', ({ data }) => {
      const { id, result, error } = JSON.parse(data);
      const waiting = this.waiting.get(id);
      this.waiting.delete(id);
      if (error) waiting?.reject(new Error(error.message));
      else waiting?.resolve(result);
    });
  }

  async profile(ms) {
    await this.send('Profiler.enable');
    await this.send('Profiler.setSamplingInterval', { interval: samplingIntervalUs });
    await this.send('Profiler.start');
    await new Promise((resolve) => setTimeout(resolve, ms));
    return (await this.send('Profiler.stop')).profile;
  }

  close() {
    this.socket.close();
  }

  send(method, params = {}) {
    const id = this.nextId++;
    this.socket.send(JSON.stringify({ id, method, params }));
    return new Promise((resolve, reject) => this.waiting.set(id, { resolve, reject }));
  }
}

/** Shares of the main thread's time by who owns the code, and of its most expensive functions, each without what it calls. */
export function summarise({ nodes, samples, timeDeltas }) {
  const byId = new Map(nodes.map((node) => [node.id, node.callFrame]));
  const owners = new Map();
  const functions = new Map();
  let total = 0;
  samples.forEach((id, i) => {
    const us = timeDeltas[i];
    const frame = byId.get(id);
    const owner = ownerOf(frame);
    total += us;
    add(owners, owner, us);
    if (owner !== 'idle') add(functions, `${frame.functionName || '(anonymous)'} · ${owner}`, us);
  });
  const shares = (map) => [...map].map(([name, us]) => [name, us / total]).sort((a, b) => b[1] - a[1]);
  return {
    samples: samples.length,
    owners: shares(owners).map(([owner, share]) => ({ owner, share })),
    functions: shares(functions)
      .slice(0, topFunctions)
      .map(([name, share]) => ({ name, share })),
  };
}

const add = (map, key, value) => map.set(key, (map.get(key) ?? 0) + value);

const special = {
  '(idle)': 'idle',
  '(garbage collector)': 'garbage collection',
  // Native code that is no function of JavaScript: system calls of sockets, among others.
  '(program)': 'native code (sockets, system calls)',
  '(root)': 'native code (sockets, system calls)',
};

/** A package, a folder of ours, or a part of Node. Names carry no path of the machine. */
function ownerOf({ functionName, url }) {
  if (special[functionName]) return special[functionName];
  const dependency = /node_modules\/((?:@[\w.-]+\/)?[\w.-]+)\//.exec(url)?.[1];
  if (dependency) return dependency;
  const ours = /\/dist\/((?:libs\/(?:features|platform|domains)|libs|apps|simulators)\/[^/]+)/.exec(url)?.[1];
  if (ours) return ours;
  if (/^node:(internal\/)?_?streams?[_/]?/.test(url)) return 'node: streams and sockets';
  if (/^node:(net|tls|internal\/(net|stream_base_commons))/.test(url)) return 'node: streams and sockets';
  const part = /^node:(?:internal\/)?(\w+)/.exec(url)?.[1];
  if (part) return `node: ${part}`;
  // Functions without a source: built in (JSON.parse, string and array work) or of a native module.
  return url === '' ? 'built-in functions (JSON, strings, native modules)' : 'elsewhere';
}
