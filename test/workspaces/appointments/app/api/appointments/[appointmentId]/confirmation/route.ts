import { NextResponse } from 'next/server';
import { route } from '@/lib/route';
import { confirm } from '@/lib/store';

export const PUT = route<{ appointmentId: string }>(async (_request, { appointmentId }) =>
  NextResponse.json(confirm(appointmentId)),
);
