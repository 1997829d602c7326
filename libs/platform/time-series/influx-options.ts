export interface InfluxOptions {
  url: string;
  /** Of 2.x and 3.x; for 1.x `user:password`, or none. */
  token?: string;
  /** Set for 2.x and 3.x; left out, the server is spoken to as 1.x, whose database is created when missing. */
  org?: string;
  /** Bucket (2.x, 3.x) or database (1.x). */
  bucket: string;
  /** Default 10,000. A write without an answer is as good as refused: it is idempotent and comes again. */
  writeTimeoutMs?: number;
  /** Default 30,000. */
  queryTimeoutMs?: number;
}

/** 1.x from before 1.8 knows no `Token` scheme. */
export function authorization({ token, org }: InfluxOptions): Record<string, string> {
  if (!token) return {};
  if (!org && token.includes(':')) return { authorization: `Basic ${Buffer.from(token).toString('base64')}` };
  return { authorization: `Token ${token}` };
}
