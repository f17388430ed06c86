import { ApiProperty } from '@nestjs/swagger';

/** The body of every refusal. */
export class Refusal {
  @ApiProperty({ type: 'integer' })
  status: number;

  @ApiProperty()
  reason: string;
}

/** A loan cannot do what was asked of it in the state that it is in. */
export class WrongState extends Error {}
