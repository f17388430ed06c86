// Owns the service that is called: its contract and handlers as the tests of navigation have them, a page's client and a test of its own.

import { contract, handler, linked } from './linked.ts';

export { contract, handler };

export const client = `import axios from 'axios';

const api = axios.create({ baseURL: process.env.API_URL });

export const read = (id: string) => api.get(\`/orders/\${id}\`);
export const other = (id: string) => fetch('/orders/' + id);
export const elsewhere = (id: string) => fetch('https://example.com/orders/' + id);
`;

export const suite = `import request from 'supertest';
import { app } from '../src/app';

it('reads', () => request(app).get('/orders/7').expect(200));
it('removes', () => request(app).delete('/orders/7').expect(204));
`;

/** Two places call the first operation, and one tests it; the second is only tested. */
export const called = { ...linked, 'web/orders.ts': client, 'test/orders.test.ts': suite };
