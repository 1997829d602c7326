export { lanAddresses } from './addresses.js';
export { rootCertificate, serverCertificate, type ServerCertificate } from './server-certificate.js';
export { watchCertificate } from './watch-certificate.js';
