import { NextResponse } from 'next/server';
import { check } from '@/lib/check';
import { route } from '@/lib/route';
import { AppointmentQuery, NewAppointment } from '@/lib/schemas';
import { list, request as requestAppointment } from '@/lib/store';

export const GET = route(async (request) => {
  const { state, limit } = check(AppointmentQuery, Object.fromEntries(request.nextUrl.searchParams));
  return NextResponse.json({ items: list(state, limit) });
});

export const POST = route(async (request) => {
  const given = check(NewAppointment, await request.json());
  const appointment = requestAppointment(given);
  return NextResponse.json(appointment, {
    status: 201,
    headers: { Location: `/api/appointments/${appointment.id}` },
  });
});
