export { EvaluationHttpModule } from './http/evaluation-http.module.js';
