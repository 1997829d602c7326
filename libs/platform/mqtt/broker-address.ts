/** Where a broker is and as whom we log in there. */
export interface BrokerAddress {
  protocol: 'mqtt' | 'mqtts';
  host: string;
  port: number;
  userName: string | undefined;
  password: string | undefined;
  /** For people: without user name and password. */
  readonly shown: string;
}

/** @throws Error, which does not repeat the text, when it is no address of a broker */
export function parseBrokerAddress(text: string): BrokerAddress {
  const url = URL.parse(text);
  const protocol = url?.protocol.slice(0, -1);
  if (!url?.hostname || (protocol !== 'mqtt' && protocol !== 'mqtts'))
    throw new Error('MQTT_URL is not an address like mqtt://user:password@broker:1883');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = url.port === '' ? (protocol === 'mqtt' ? 1883 : 8883) : Number(url.port);
  return {
    protocol,
    host,
    port,
    userName: url.username === '' ? undefined : decodeURIComponent(url.username),
    password: url.password === '' ? undefined : decodeURIComponent(url.password),
    shown: `${protocol}://${url.hostname}:${port}`,
  };
}
