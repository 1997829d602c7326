export { BackTestsHttpModule } from './http/back-tests-http.module.js';
