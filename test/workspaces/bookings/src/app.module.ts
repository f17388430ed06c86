import { Controller, Get, Module, VERSION_NEUTRAL } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { BookingsModule } from './bookings/bookings.module';
import { RoomsModule } from './rooms/rooms.module';
import { BearerGuard } from './security/bearer.guard';
import { BearerStrategy } from './security/bearer.strategy';
import { Public } from './security/public';

@Controller({ path: 'health', version: VERSION_NEUTRAL })
export class HealthController {
  @Public()
  @Get()
  check() {
    return { status: 'ok' };
  }
}

@Module({
  imports: [RoomsModule, BookingsModule],
  controllers: [HealthController],
  providers: [BearerStrategy, { provide: APP_GUARD, useClass: BearerGuard }],
})
export class AppModule {}
