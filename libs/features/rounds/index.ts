export { RoundsHttpModule } from './http/rounds-http.module.js';
export { RoundHandlersModule } from './round-handlers.module.js';
