import { Module } from '@nestjs/common';
import { RoomsModule } from '../rooms/rooms.module';
import { BookingsController } from './bookings.controller';
import { BookingsService, LIMITS } from './bookings.service';

@Module({
  imports: [RoomsModule],
  controllers: [BookingsController],
  providers: [BookingsService, { provide: LIMITS, useValue: { nights: 30 } }],
})
export class BookingsModule {}
