import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsOptional } from 'class-validator';

export class Book {
  @ApiProperty({ pattern: '^97[89][0-9]{10}$' })
  isbn: string;

  @ApiProperty()
  title: string;

  @ApiProperty({ type: [String] })
  authors: string[];

  @ApiProperty({ type: 'integer' })
  copies: number;

  @ApiProperty({ type: String, nullable: true })
  shelf: string | null;
}

export class BooksQuery {
  @ApiPropertyOptional({ description: 'Only books of which a copy is in the house.' })
  @IsOptional()
  @IsBoolean()
  @Transform(({ value }) => value === 'true')
  available?: boolean;
}
