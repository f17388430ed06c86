import { z } from 'zod';

export const NewAppointment = z.object({
  patient: z.string().min(1).max(80),
  startsAt: z.string().datetime(),
  minutes: z.number().int().min(5).max(120),
  reason: z.string().max(400).optional(),
});

export const AppointmentChange = z.object({
  startsAt: z.string().datetime().optional(),
  reason: z.string().max(400).optional(),
});

export const AppointmentQuery = z.object({
  state: z.enum(['requested', 'confirmed', 'cancelled']).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});
