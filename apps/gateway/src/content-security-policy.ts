import type { SecurityHeadersOptions } from '@nestjs/common';

/**
 * What the console may load: its own files and nothing else. MapLibre starts its workers from blobs; Ant Design writes
 * its styles into the page, which needs 'unsafe-inline' for styles (never for scripts).
 */
export const contentSecurityPolicy = (https: boolean): SecurityHeadersOptions['contentSecurityPolicy'] => ({
  useDefaults: false,
  directives: {
    defaultSrc: "'self'",
    baseUri: "'self'",
    connectSrc: ["'self'", 'blob:', 'data:'],
    fontSrc: ["'self'", 'data:'],
    formAction: "'self'",
    frameAncestors: "'none'",
    imgSrc: ["'self'", 'data:', 'blob:'],
    manifestSrc: "'self'",
    // A voice note is heard before it is sent.
    mediaSrc: ["'self'", 'blob:'],
    objectSrc: "'none'",
    scriptSrc: "'self'",
    scriptSrcAttr: "'none'",
    styleSrc: ["'self'", "'unsafe-inline'"],
    workerSrc: ["'self'", 'blob:'],
    ...(https ? { upgradeInsecureRequests: true } : {}),
  },
});
