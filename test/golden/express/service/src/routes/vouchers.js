import { Router } from 'express';
import Joi from 'joi';
import * as store from '../store.js';
import { validate } from '../validate.js';

const newVoucher = Joi.object({ amount: Joi.number().integer().min(1).max(50000).required() });

export const vouchers = Router();

/**
 * @openapi
 * components:
 *   schemas:
 *     Voucher:
 *       type: object
 *       required: [code, amount, state, redeemedAt]
 *       properties:
 *         code: { type: string }
 *         amount: { type: integer }
 *         state: { type: string, enum: [open, redeemed] }
 *         redeemedAt: { type: string, format: date-time, nullable: true }
 * /v1/vouchers:
 *   get:
 *     security: [{ token: [] }]
 *     responses:
 *       200:
 *         description: The vouchers.
 *         content:
 *           application/json:
 *             schema: { type: array, items: { $ref: '#/components/schemas/Voucher' } }
 *       401: { $ref: '#/components/responses/Problem' }
 */
vouchers.get('/', (_req, res) => {
  res.json(store.list());
});

/**
 * @openapi
 * /v1/vouchers:
 *   post:
 *     security: [{ token: [] }]
 *     requestBody:
 *       required: true
 *       content:
 *         application/json:
 *           schema:
 *             type: object
 *             required: [amount]
 *             additionalProperties: false
 *             properties:
 *               amount: { type: integer, minimum: 1, maximum: 50000 }
 *     responses:
 *       201:
 *         description: The new voucher.
 *         content:
 *           application/json:
 *             schema: { $ref: '#/components/schemas/Voucher' }
 *       400: { $ref: '#/components/responses/Problem' }
 *       401: { $ref: '#/components/responses/Problem' }
 */
vouchers.post('/', validate('body', newVoucher), (req, res) => {
  res.status(201).json(store.issue(req.body.amount));
});

/**
 * @openapi
 * /v1/vouchers/{code}:
 *   get:
 *     security: [{ token: [] }]
 *     parameters: [{ in: path, name: code, required: true, schema: { type: string } }]
 *     responses:
 *       200:
 *         description: The voucher.
 *         content:
 *           application/json:
 *             schema: { $ref: '#/components/schemas/Voucher' }
 *       401: { $ref: '#/components/responses/Problem' }
 *       404: { $ref: '#/components/responses/Problem' }
 */
vouchers.get('/:code', (req, res) => {
  res.json(store.find(req.params.code));
});

/**
 * @openapi
 * /v1/vouchers/{code}/redemption:
 *   post:
 *     security: [{ token: [] }]
 *     parameters: [{ in: path, name: code, required: true, schema: { type: string } }]
 *     responses:
 *       200:
 *         description: The redeemed voucher.
 *         content:
 *           application/json:
 *             schema: { $ref: '#/components/schemas/Voucher' }
 *       401: { $ref: '#/components/responses/Problem' }
 *       404: { $ref: '#/components/responses/Problem' }
 */
vouchers.post('/:code/redemption', (req, res) => {
  res.json(store.redeem(req.params.code));
});

/**
 * @openapi
 * /v1/vouchers/{code}:
 *   delete:
 *     security: [{ token: [] }]
 *     parameters: [{ in: path, name: code, required: true, schema: { type: string } }]
 *     responses:
 *       204: { description: It is gone. }
 *       401: { $ref: '#/components/responses/Problem' }
 *       404: { $ref: '#/components/responses/Problem' }
 *       423: { $ref: '#/components/responses/Problem' }
 */
vouchers.delete('/:code', (req, res) => {
  store.drop(req.params.code);
  res.status(204).end();
});
