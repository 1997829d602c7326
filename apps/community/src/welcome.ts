import { join } from 'node:path';
import type { SeededDemo } from '@sc/features/demo';
import { handDevice } from '@sc/features/demo';
import type { Settings } from '@sc/platform/config';
import { parseBrokerAddress } from '@sc/platform/mqtt';

interface Started {
  demo?: SeededDemo;
  setupCode?: string;
}

/** What the terminal shows when everything runs: addresses, and how to go on from here. */
export function welcome(settings: Settings, { demo, setupCode }: Started): string[] {
  const address = settings.PUBLIC_URL ?? `http://localhost:${settings.HTTP_PORT}`;
  return [
    '',
    `  Console   ${address}`,
    `  Officers  ${address}/field`,
    `  API       ${address}/api/docs`,
    ...(settings.HTTPS_PORT
      ? [`  HTTPS     https://localhost:${settings.HTTPS_PORT}   (phones: ${address}/trust)`]
      : []),
    `  MQTT      ${broker(settings)}`,
    '',
    ...(setupCode ? firstAdministrator(address, setupCode) : []),
    ...(demo ? demoLogins(demo) : []),
    ...(demo ? makeAFire(settings, demo) : []),
    '  Ctrl-C stops everything; the data stays.',
  ];
}

/** Never the whole of MQTT_URL: it holds a password. */
function broker({ MQTT_URL, MQTT_PORT, DATA_DIR }: Settings): string {
  if (!MQTT_URL) return `localhost:${MQTT_PORT}`;
  return `${parseBrokerAddress(MQTT_URL).shown}   (files for its permissions: ${join(DATA_DIR, 'mosquitto')})`;
}

function firstAdministrator(address: string, code: string): string[] {
  return [
    '  This site has no administrator yet. Open the console and enter this code · 打开控制台，输入此代码，创建首位管理员:',
    '',
    `    ${code}`,
    '',
    `  at ${address} · It works once, and until the next start.`,
    '',
  ];
}

function demoLogins({ file, onShift }: SeededDemo): string[] {
  const onShiftNow = new Set(Object.values(onShift));
  const width = Math.max(...file.people.map(({ login }) => login.length));
  return [
    '  Demo logins (made for this DATA_DIR):',
    ...file.people.map(
      ({ login, password, role }) =>
        `    ${login.padEnd(width)}  ${password}  ${role}${onShiftNow.has(login) ? ', on shift now' : ''}`,
    ),
    '',
  ];
}

function makeAFire(settings: Settings, { file }: SeededDemo): string[] {
  const device = file.devices.find(({ id }) => id === handDevice);
  if (!device) return [];
  return [
    '  Make a fire:',
    `    mosquitto_pub ${settings.MQTT_URL ? `-h ${parseBrokerAddress(settings.MQTT_URL).host} ` : ''}-p ${settings.MQTT_PORT} -q 1 -u ${device.id} -P ${device.secret} -i ${device.id} \\`,
    `      -t sc/${device.domain}/${device.id}/telemetry -m '{"values":{"smoke":25}}'`,
    '  or: npm run simulate -- kitchen-fire',
    '',
  ];
}
