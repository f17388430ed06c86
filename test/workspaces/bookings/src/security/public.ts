import { SetMetadata } from '@nestjs/common';

export const PUBLIC = 'public';

/** Lets everybody in. */
export const Public = () => SetMetadata(PUBLIC, true);
