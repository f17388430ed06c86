import { bodyParser } from '@koa/bodyparser';
import Koa from 'koa';
import jwt from 'koa-jwt';
import { answerErrors } from './errors.ts';
import { api } from './routes/index.ts';

export const app = new Koa();

app.use(answerErrors);
app.use(jwt({ secret: process.env.JWT_SECRET ?? '' }));
app.use(bodyParser({ enableTypes: ['json'] }));
app.use(api.routes()).use(api.allowedMethods());

app.listen(Number(process.env.PORT ?? 3000));
