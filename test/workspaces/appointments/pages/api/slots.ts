import type { NextApiRequest, NextApiResponse } from 'next';

const opening = 8;

/** When somebody can still come on a day. */
export default function handler(req: NextApiRequest, res: NextApiResponse) {
  if (req.method !== 'GET') {
    res.setHeader('Allow', 'GET');
    return res.status(405).json({ code: 'invalid', message: 'only GET is served here' });
  }
  const { day } = req.query;
  if (typeof day !== 'string') {
    return res.status(400).json({ code: 'invalid', message: 'a day is needed' });
  }
  const slots = Array.from({ length: 8 }, (_, index) => ({ hour: opening + index, free: index % 2 === 0 }));
  return res.status(200).json({ day, slots });
}
