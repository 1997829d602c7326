export { type AllowedHosts, judgeAddress, parseAllowedHosts } from './allowed-hosts.js';
export { Egress, type EgressResult } from './egress.js';
export { EgressModule } from './egress.module.js';
export { Outbound, type OutboundAnswer, type OutboundRequest } from './outbound.js';
export { safeLookup } from './safe-lookup.js';
