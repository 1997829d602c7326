export { apiDocument } from './api-document.js';
export { configureGateway } from './configure-gateway.js';
export { GatewayModule, type GatewayOptions } from './gateway.module.js';
