export { type AllowedHosts, judgeAddress, parseAllowedHosts } from './allowed-hosts.js';
export { Egress, type EgressResult } from './egress.js';
export { EgressModule } from './egress.module.js';
