export { EvaluationHandlersModule } from './evaluation-handlers.module.js';
export { EvaluationHttpModule } from './http/evaluation-http.module.js';
