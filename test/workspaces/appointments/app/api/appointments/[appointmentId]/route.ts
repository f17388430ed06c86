import { NextResponse } from 'next/server';
import { check } from '@/lib/check';
import { route } from '@/lib/route';
import { AppointmentChange } from '@/lib/schemas';
import { cancel, change, find } from '@/lib/store';

interface Params {
  appointmentId: string;
}

export const GET = route<Params>(async (_request, { appointmentId }) => NextResponse.json(find(appointmentId)));

export const PATCH = route<Params>(async (request, { appointmentId }) => {
  const given = check(AppointmentChange, await request.json());
  return NextResponse.json(change(appointmentId, given));
});

export const DELETE = route<Params>(async (_request, { appointmentId }) => {
  cancel(appointmentId);
  return new NextResponse(null, { status: 204 });
});
