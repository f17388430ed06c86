import { type INestApplication, ValidationPipe } from '@nestjs/common';
import { RefusalFilter } from './refusal.filter.js';

/** What every request goes through. */
export function configure(app: INestApplication): void {
  app.setGlobalPrefix('v1');
  app.useGlobalPipes(new ValidationPipe({ transform: true, whitelist: true }));
  app.useGlobalFilters(new RefusalFilter());
}
