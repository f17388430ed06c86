import { Router } from 'express';
import { presentWebhookEndpoint } from '../presenters.js';
import { createWebhookEndpoint } from '../schemas.js';
import * as service from '../services/webhook-endpoints.js';

export const webhookEndpoints = Router();

webhookEndpoints.post('/', async (req, res) => {
  const input = createWebhookEndpoint.parse(req.body);
  const endpoint = await service.createWebhookEndpoint(input);
  res.status(201).json(presentWebhookEndpoint(endpoint));
});

webhookEndpoints.get('/', async (_req, res) => {
  const endpoints = await service.listWebhookEndpoints();
  res.json({ items: endpoints.map(presentWebhookEndpoint) });
});

webhookEndpoints.delete('/:endpointId', async (req, res) => {
  await service.deleteWebhookEndpoint(req.params.endpointId);
  res.status(204).end();
});
