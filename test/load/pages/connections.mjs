import { fixed, integer, show, table } from './table.mjs';

export function connectionsPage({ everySeconds, openFiles, rows }) {
  const line = (title, devices, { spreads }) => [
    title,
    integer(devices),
    show(spreads.memoryMb, integer),
    show(spreads.perDeviceKb, fixed(1)),
    show(spreads.connectsPerSecond, integer),
    show(spreads.backSeconds, fixed(1)),
    show(spreads.triesInVain, integer),
  ];
  const cut = rows.find(({ wanted, devices }) => devices < wanted);
  return [
    `Devices that report once in ${everySeconds} s. Memory is what the process has more with all of them connected and heard than before the first. Then it is killed (\`kill -9\`) and started again while all of them try: the time is from the moment it says it is ready until the last is in; a device tries again 0.5 to 2.5 s after a failure. Each report was acknowledged and stored, before and after, or the run would have failed; so none was refused for good. The baseline lets everybody in, checks no secret and keeps nothing.`,
    table(
      ['', 'devices', 'memory MB', 'KB each', 'connects/s', 'all back after s', 'tries in vain'],
      rows.flatMap(({ devices, aedes, platform }) => [
        line('plain Aedes', devices, aedes),
        line('platform', devices, platform),
      ]),
    ),
    `Registering the most of them, as CSV tables through the API, took ${show(rows.at(-1).platform.spreads.registerSeconds, fixed(0))} s.`,
    cut &&
      `${integer(cut.devices)} instead of ${integer(cut.wanted)}: this machine lets a process open ${integer(openFiles)} files, and each connection is one.`,
  ];
}
