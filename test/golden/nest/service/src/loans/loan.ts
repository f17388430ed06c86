import { ApiProperty, ApiPropertyOptional, PartialType, PickType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsEnum, IsInt, IsISBN, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';

export enum LoanState {
  Out = 'out',
  Overdue = 'overdue',
  Returned = 'returned',
}

export class NewLoan {
  @ApiProperty()
  @IsISBN()
  isbn: string;

  @ApiProperty({ type: 'integer', minimum: 1, maximum: 60 })
  @IsInt()
  @Min(1)
  @Max(60)
  days: number;

  @ApiPropertyOptional({ maxLength: 200 })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  note?: string;
}

export class LoanChange extends PartialType(PickType(NewLoan, ['days', 'note'])) {}

export class LoansQuery {
  @ApiPropertyOptional({ enum: LoanState })
  @IsOptional()
  @IsEnum(LoanState)
  state?: LoanState;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 100, default: 20 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  limit = 20;
}

export class Loan {
  @ApiProperty({ type: 'integer' })
  id: number;

  @ApiProperty()
  isbn: string;

  @ApiProperty({ enum: LoanState })
  state: LoanState;

  @ApiProperty({ type: 'integer' })
  days: number;

  @ApiProperty({ type: String, format: 'date-time' })
  since: Date;

  @ApiProperty({ type: String, nullable: true })
  note: string | null;
}
