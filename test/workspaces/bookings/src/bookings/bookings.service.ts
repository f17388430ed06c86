import { Inject, Injectable, NotFoundException, UnprocessableEntityException } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { RoomsService } from '../rooms/rooms.service';
import type { CreateBookingDto } from './booking.dto';

export const LIMITS = Symbol('LIMITS');

export interface Limits {
  nights: number;
}

export interface Guest {
  name: string;
  email: string;
}

export interface Booking {
  id: string;
  roomId: string;
  from: string;
  nights: number;
  guests: Guest[];
  state: 'open' | 'cancelled';
}

@Injectable()
export class BookingsService {
  private readonly bookings = new Map<string, Booking>();

  constructor(
    private readonly rooms: RoomsService,
    @Inject(LIMITS) private readonly limits: Limits,
  ) {}

  create(dto: CreateBookingDto): Booking {
    const room = this.rooms.find(dto.roomId);
    if (dto.nights > this.limits.nights) throw new UnprocessableEntityException('too many nights');
    const booking: Booking = {
      id: randomUUID(),
      roomId: room.id,
      from: dto.from,
      nights: dto.nights,
      guests: dto.guests.map((guest) => ({ name: guest.name, email: guest.email })),
      state: 'open',
    };
    this.bookings.set(booking.id, booking);
    return booking;
  }

  find(id: string): Booking {
    const booking: Booking | undefined = this.bookings.get(id);
    if (!booking) throw new NotFoundException('no such booking');
    return booking;
  }

  cancel(id: string): Booking {
    const booking = this.find(id);
    return {
      id: booking.id,
      roomId: booking.roomId,
      from: booking.from,
      nights: booking.nights,
      guests: booking.guests,
      state: 'cancelled',
    };
  }
}
