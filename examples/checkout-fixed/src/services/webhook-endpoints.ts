import { randomBytes } from 'node:crypto';
import type { WebhookEndpoint } from '../domain.js';
import { NotFoundError } from '../errors.js';
import type { CreateWebhookEndpoint } from '../schemas.js';
import { newId, webhookEndpoints } from '../store.js';

export async function createWebhookEndpoint(input: CreateWebhookEndpoint): Promise<WebhookEndpoint> {
  const endpoint: WebhookEndpoint = {
    id: newId('we'),
    url: input.url,
    events: input.events,
    secret: `whsec_${randomBytes(24).toString('base64')}`,
    createdAt: new Date(),
  };
  webhookEndpoints.set(endpoint.id, endpoint);
  return endpoint;
}

export async function listWebhookEndpoints(): Promise<WebhookEndpoint[]> {
  return [...webhookEndpoints.values()];
}

export async function deleteWebhookEndpoint(id: string): Promise<void> {
  if (!webhookEndpoints.delete(id)) {
    throw new NotFoundError('webhook endpoint', id);
  }
}
