import express from 'express';
import { handleErrors } from './errors.js';
import { vouchers } from './routes/vouchers.js';
import { requireToken } from './token.js';

/**
 * @openapi
 * components:
 *   securitySchemes:
 *     token: { type: http, scheme: bearer }
 *   schemas:
 *     Problem:
 *       type: object
 *       required: [code, message]
 *       properties:
 *         code: { type: string }
 *         message: { type: string }
 *   responses:
 *     Problem:
 *       description: What went wrong.
 *       content:
 *         application/json:
 *           schema: { $ref: '#/components/schemas/Problem' }
 */
export const app = express();

app.use(express.json());
app.use('/v1/vouchers', requireToken, vouchers);
app.use(handleErrors);

app.listen(process.env.PORT ?? 3000);
