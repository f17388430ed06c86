import { z } from '@hono/zod-openapi';

export const Ticket = z
  .object({
    id: z.string(),
    subject: z.string(),
    state: z.enum(['open', 'closed']),
    priority: z.number().int(),
    assignee: z.string().nullable(),
  })
  .openapi('Ticket');

export const NewTicket = z
  .object({
    subject: z.string().min(1).max(120),
    priority: z.number().int().min(1).max(5),
    assignee: z.string().optional(),
  })
  .openapi('NewTicket');

export const Problem = z.object({ code: z.string(), message: z.string() }).openapi('Problem');

export const TicketParams = z.object({
  id: z.string().openapi({ param: { name: 'id', in: 'path' }, example: 't_1' }),
});

export const TicketQuery = z.object({
  state: z.enum(['open', 'closed']).optional(),
  limit: z.string().optional(),
});
