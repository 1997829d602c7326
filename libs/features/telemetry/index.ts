export { ConnectionState } from './connection-state.js';
export { DeviceLogin } from './device-login.js';
export { IngestService } from './ingest.service.js';
export { MessageReplayer } from './message-replayer.js';
export { BrokerSecurityLog } from './security-log.js';
export { TelemetryModule, type TelemetryOptions } from './telemetry.module.js';
export { DEAD_LETTER_REPLAYER, type DeadLetterReplayer } from './http/dead-letter-replayer.js';
export { TelemetryHttpModule } from './http/telemetry-http.module.js';
