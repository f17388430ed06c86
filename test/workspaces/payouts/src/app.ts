import restify from 'restify';
import { answerErrors } from './errors.ts';
import { requireKey } from './guard.ts';
import { registerAccounts } from './routes/accounts.ts';
import { registerPayouts } from './routes/payouts.ts';

export const server = restify.createServer({ name: 'payouts' });

server.use(restify.plugins.acceptParser(server.acceptable));
server.use(restify.plugins.queryParser());
server.use(restify.plugins.bodyParser({ mapParams: false }));
server.use(requireKey);

registerPayouts(server, '/v1/payouts');
registerAccounts(server, '/v1/accounts');

server.on('restifyError', answerErrors);

server.listen(Number(process.env.PORT ?? 3000));
