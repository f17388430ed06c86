import { PartialType } from '@nestjs/mapped-types';
import { Type } from 'class-transformer';
import { IsEnum, IsInt, IsOptional, IsString, Max, MaxLength, Min, MinLength } from 'class-validator';

export enum RoomKind {
  Single = 'single',
  Double = 'double',
  Suite = 'suite',
}

export class CreateRoomDto {
  @IsString()
  @MinLength(1)
  @MaxLength(60)
  name: string;

  @IsEnum(RoomKind)
  kind: RoomKind;

  @IsInt()
  @Min(1)
  @Max(8)
  beds: number;

  @IsOptional()
  @IsString()
  @MaxLength(400)
  note?: string | null;
}

export class UpdateRoomDto extends PartialType(CreateRoomDto) {}

export class ListRoomsDto {
  @IsOptional()
  @IsEnum(RoomKind)
  kind?: RoomKind;

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  limit: number = 20;
}
