import { fixed, integer, show, table } from './table.mjs';

export function latencyPage({ alarmsPerRound, alarmsPerSecond, pipeSkipped, rows }) {
  const three = (values) => ['p50', 'p99', 'max'].map((key) => show(values[key], fixed(1)));
  const lines = rows.flatMap(({ name, load, ping, pipe, puback, screen, officer }) => {
    const title = load ? `${name} (${integer(load.median)}/s)` : name;
    return [
      [title, 'PINGREQ → PINGRESP (baseline)', ...three(ping)],
      pipe && [title, 'publisher → Mosquitto → bare subscriber (baseline)', ...three(pipe)],
      [title, 'smoke event → PUBACK', ...three(puback)],
      [title, "smoke event → operator's stream", ...three(screen)],
      [title, "smoke event → notification on an officer's stream", ...three(officer)],
    ].filter(Boolean);
  });
  return [
    `A smoke detector sounds while other devices report; ms over ${alarmsPerRound} alarms a round, at most ${alarmsPerSecond} a second: with more of them, dispatch would queue up behind itself, which is the storm's figure. Each is the first of its device in a building of its own and has everything that follows: incident, order, officer, notification. The other devices are bins, outside the life-safety lane: 1,000 of them at 1,000 messages/s, the 50 publishers of the throughput at full load.`,
    `The first baseline is a ping on the same connection just before; the second the same event under the same load through a pipe that stores and decides nothing${pipeSkipped ? ` (skipped: ${pipeSkipped})` : ''}.`,
    table(['load', 'ms', 'p50', 'p99', 'max'], lines),
  ];
}
