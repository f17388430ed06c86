import { createRoute, z } from '@hono/zod-openapi';
import { NewTicket, Problem, Ticket, TicketParams, TicketQuery } from './schemas.ts';

const problem = (description: string) => ({ content: { 'application/json': { schema: Problem } }, description });
const one = (description: string) => ({ content: { 'application/json': { schema: Ticket } }, description });

export const listTickets = createRoute({
  method: 'get',
  path: '/tickets',
  request: { query: TicketQuery },
  responses: {
    200: { content: { 'application/json': { schema: z.array(Ticket) } }, description: 'The tickets.' },
    400: problem('The query is not valid.'),
  },
});

export const createTicket = createRoute({
  method: 'post',
  path: '/tickets',
  request: { body: { content: { 'application/json': { schema: NewTicket } }, required: true } },
  responses: { 201: one('The new ticket.'), 400: problem('The ticket is not valid.') },
});

export const getTicket = createRoute({
  method: 'get',
  path: '/tickets/{id}',
  request: { params: TicketParams },
  responses: { 200: one('The ticket.'), 400: problem('The id is not valid.'), 404: problem('There is none.') },
});

export const closeTicket = createRoute({
  method: 'post',
  path: '/tickets/{id}/close',
  request: { params: TicketParams },
  responses: {
    200: one('The closed ticket.'),
    400: problem('The id is not valid.'),
    404: problem('There is none.'),
    409: problem('It is closed already.'),
  },
});

export const dropTicket = createRoute({
  method: 'delete',
  path: '/tickets/{id}',
  request: { params: TicketParams },
  responses: {
    204: { description: 'It is gone.' },
    400: problem('The id is not valid.'),
    404: problem('There is none.'),
    // Nothing answers this: the generator takes the word of the description for it.
    423: problem('Somebody works on it.'),
  },
});
