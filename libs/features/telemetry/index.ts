export type { BridgeCodec, BridgeWord } from './bridge-codec.js';
export { ConnectionState } from './connection-state.js';
export { DeviceLogin } from './device-login.js';
export { IngestService } from './ingest.service.js';
export { MessageReplayer } from './message-replayer.js';
export { BrokerSecurityLog } from './security-log.js';
export { TelemetryModule, type TelemetryOptions } from './telemetry.module.js';
export { TelemetryHttpModule } from './http/telemetry-http.module.js';
