import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { Response } from 'express';

/** Every refusal has the same body: the status, and what is wrong. */
@Catch(HttpException)
export class ProblemFilter implements ExceptionFilter {
  catch(error: HttpException, host: ArgumentsHost) {
    const response = host.switchToHttp().getResponse<Response>();
    const status = error.getStatus();
    response.status(status).json({ status, title: error.message });
  }
}
