export { configureGateway } from './configure-gateway.js';
export { GatewayModule, type GatewayOptions } from './gateway.module.js';
export { HttpsListener } from './https-listener.js';
export { generatedDocuments } from './openapi.js';
