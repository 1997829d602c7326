export { configureGateway } from './configure-gateway.js';
export { GatewayModule, type GatewayOptions } from './gateway.module.js';
export { generatedDocuments } from './openapi.js';
