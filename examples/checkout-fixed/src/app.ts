import express, { type Express } from 'express';
import { authenticate } from './middleware/authenticate.js';
import { handleErrors, rejectUnknownRoutes } from './middleware/errors.js';
import { v1 } from './routes/index.js';

export function createApp(): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(express.json({ limit: '100kb' }));

  app.get('/health', (_req, res) => {
    res.json({ status: 'ok' });
  });

  app.use('/v1', authenticate, v1);
  app.use(rejectUnknownRoutes);
  app.use(handleErrors);
  return app;
}
