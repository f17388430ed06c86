import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';

/** The contract that the generator makes of an app. */
export function describe(app: INestApplication): OpenAPIObject {
  const about = new DocumentBuilder().setTitle('Loans').setVersion('1.0.0').addBearerAuth().build();
  return SwaggerModule.createDocument(app, about);
}
