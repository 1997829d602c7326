export { ChainBook, type ChainCase } from './chain-book.js';
export { defaultChains } from './default-chains.js';
export { EscalationChains } from './escalation-chains.service.js';
export { EscalationModule } from './escalation.module.js';
export { EscalationHttpModule } from './http/escalation-http.module.js';
