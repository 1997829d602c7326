/** `host:port` as `URL` writes them, lower case; the port is always there. */
export type AllowedHosts = Pick<ReadonlySet<string>, 'has'>;

/** Of an address: where it leads, or why it is refused. */
export type Verdict = { ok: true; url: URL } | { ok: false; reason: string };

const defaultPorts: Record<string, string> = { 'http:': '80', 'https:': '443' };
/** Longer than any snapshot address; what is longer is somebody trying something. */
const maxLength = 2000;

/** Reads `CAMERA_HOSTS`. An entry without a port allows the two usual ones; an entry that is no host allows nothing. */
export function parseAllowedHosts(setting: string | undefined): ReadonlySet<string> {
  const allowed = new Set<string>();
  for (const entry of (setting ?? '').split(',')) {
    const host = /^[^\s/@?#\\]+$/.test(entry) ? URL.parse(`http://${entry}`) : null;
    if (!host?.hostname) continue;
    const explicit = /:(\d+)$/.exec(entry.replace(/^\[[^\]]*\]/, 'v6'))?.[1];
    for (const port of explicit ? [String(Number(explicit))] : ['80', '443']) allowed.add(`${host.hostname}:${port}`);
  }
  return allowed;
}

/**
 * Whether an address may be asked. It must be written as it is meant: an authority that parsing changes (other
 * spellings of an IP address, fullwidth letters, a user name before an `@`, a dot at the end) is refused even where it would
 * lead to an allowed host.
 */
export function judgeAddress(address: string, allowed: AllowedHosts): Verdict {
  // tabs and newlines vanish while parsing and backslashes become slashes: what a reader sees would not be what is asked
  if (address.length > maxLength || /[\s\\\u0000-\u001f\u007f]/.test(address)) return refuse('address-malformed');
  const written = /^(https?):\/\/([^/?#]+)/.exec(address);
  const url = written ? URL.parse(address) : null;
  if (!written || !url) return refuse('address-malformed');
  if (url.username || url.password || written[2]!.includes('@')) return refuse('address-with-credentials');
  const port = url.port || defaultPorts[url.protocol]!;
  const authority = written[2]!.toLowerCase();
  if (authority !== url.hostname && authority !== `${url.hostname}:${port}`) return refuse('address-malformed');
  if (!allowed.has(`${url.hostname}:${port}`)) return refuse('host-not-allowed');
  url.hash = '';
  return { ok: true, url };
}

const refuse = (reason: string): Verdict => ({ ok: false, reason });
