import type { SeededDemo } from '@sc/features/demo';
import { handDevice } from '@sc/features/demo';
import type { Settings } from '@sc/platform/config';

/** What the terminal shows when everything runs: addresses, logins, and how to make the first fire. */
export function welcome(settings: Settings, { file, onShift }: SeededDemo): string[] {
  const address = settings.PUBLIC_URL ?? `http://localhost:${settings.HTTP_PORT}`;
  const onShiftNow = new Set(Object.values(onShift));
  const width = Math.max(...file.people.map(({ login }) => login.length));
  const device = file.devices.find(({ id }) => id === handDevice);
  return [
    '',
    `  Console   ${address}`,
    `  Officers  ${address}/field`,
    `  API       ${address}/api/docs`,
    `  MQTT      localhost:${settings.MQTT_PORT}`,
    '',
    '  Demo logins (made for this DATA_DIR):',
    ...file.people.map(
      ({ login, password, role }) =>
        `    ${login.padEnd(width)}  ${password}  ${role}${onShiftNow.has(login) ? ', on shift now' : ''}`,
    ),
    '',
    ...(device
      ? [
          '  Make a fire:',
          `    mosquitto_pub -p ${settings.MQTT_PORT} -q 1 -u ${device.id} -P ${device.secret} -i ${device.id} \\`,
          `      -t sc/${device.domain}/${device.id}/telemetry -m '{"values":{"smoke":25}}'`,
          '  or: npm run simulate -- kitchen-fire',
          '',
        ]
      : []),
    '  Ctrl-C stops everything; the data stays.',
  ];
}
