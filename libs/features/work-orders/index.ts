export { WorkOrdersHttpModule } from './http/work-orders-http.module.js';
export { WorkOrderHandlersModule } from './work-order-handlers.module.js';
export { type ActionResult, WorkOrdersService } from './work-orders.service.js';
export { orderNumber } from './order-ledger.js';
