import { OpenAPIHono } from '@hono/zod-openapi';
import { HTTPException } from 'hono/http-exception';
import { closeTicket, createTicket, dropTicket, getTicket, listTickets } from './routes.ts';

interface TicketRow {
  id: string;
  subject: string;
  state: 'open' | 'closed';
  priority: number;
  assignee: string | null;
}

const tickets = new Map<string, TicketRow>();

function find(id: string): TicketRow {
  const ticket = tickets.get(id);
  if (!ticket) throw new HTTPException(404, { message: 'there is no such ticket' });
  return ticket;
}

const api = new OpenAPIHono({
  defaultHook: (result, c) => {
    if (!result.success) return c.json({ code: 'invalid', message: 'the request is not valid' }, 400);
  },
});

api.openapi(listTickets, (c) => {
  const { state } = c.req.valid('query');
  const found = [...tickets.values()].filter((ticket) => state === undefined || ticket.state === state);
  return c.json(found, 200);
});

api.openapi(createTicket, (c) => {
  const { subject, priority, assignee } = c.req.valid('json');
  const ticket: TicketRow = {
    id: `t_${tickets.size + 1}`,
    subject,
    state: 'open',
    priority,
    assignee: assignee ?? null,
  };
  tickets.set(ticket.id, ticket);
  return c.json(ticket, 201);
});

api.openapi(getTicket, (c) => c.json(find(c.req.valid('param').id), 200));

api.openapi(closeTicket, (c) => {
  const ticket = find(c.req.valid('param').id);
  if (ticket.state === 'closed') return c.json({ code: 'closed', message: 'the ticket is closed' }, 409);
  const closed: TicketRow = { ...ticket, state: 'closed' };
  tickets.set(closed.id, closed);
  return c.json(closed, 200);
});

api.openapi(dropTicket, (c) => {
  tickets.delete(find(c.req.valid('param').id).id);
  return c.body(null, 204);
});

export const app = new OpenAPIHono();

app.onError((error, c) => {
  if (error instanceof HTTPException) return c.json({ code: 'failed', message: error.message }, error.status);
  return c.json({ code: 'internal', message: 'something went wrong' }, 500);
});

app.route('/v1', api);
