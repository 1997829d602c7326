export { BridgeReconciler } from './bridge-reconciler.js';
export { CameraHandlersModule } from './camera-handlers.module.js';
export { FrigateCodec } from './frigate/frigate-codec.js';
export { CamerasHttpModule } from './http/cameras-http.module.js';
export { PictureRequests } from './picture-requests.js';
export { ReconciliationModule } from './reconciliation.module.js';
