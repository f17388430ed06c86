import Router from '@koa/router';
import { refunds } from './refunds.ts';

export const api = new Router({ prefix: '/v1' });

api.use('/refunds', refunds.routes(), refunds.allowedMethods());
