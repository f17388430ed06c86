import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { CreateBookingDto } from './booking.dto';
import { BookingsService } from './bookings.service';

@Controller('bookings')
export class BookingsController {
  constructor(private readonly bookings: BookingsService) {}

  @Post()
  create(@Body() dto: CreateBookingDto) {
    return this.bookings.create(dto);
  }

  @Get(':bookingId')
  find(@Param('bookingId', ParseUUIDPipe) bookingId: string) {
    return this.bookings.find(bookingId);
  }

  @Post(':bookingId/cancel')
  @HttpCode(200)
  cancel(@Param('bookingId', ParseUUIDPipe) bookingId: string) {
    return this.bookings.cancel(bookingId);
  }
}
