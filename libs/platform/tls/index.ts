export { lanAddresses } from './addresses.js';
export { rootCertificate, serverCertificate, type ServerCertificate, TlsError } from './server-certificate.js';
export { watchCertificate } from './watch-certificate.js';
