import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { Response } from 'express';
import { type Refusal, WrongState } from './refusal.js';

/** Gives every refusal the same body. */
@Catch(HttpException, WrongState)
export class RefusalFilter implements ExceptionFilter<HttpException | WrongState> {
  catch(error: HttpException | WrongState, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    const status = error instanceof HttpException ? error.getStatus() : 409;
    const body: Refusal = { status, reason: error.message };
    response.status(status).json(body);
  }
}
