import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsEmail, IsInt, IsString, IsUUID, Matches, Min, ValidateNested } from 'class-validator';

export class GuestDto {
  @IsString()
  name: string;

  @IsEmail()
  email: string;
}

export class CreateBookingDto {
  @IsUUID()
  roomId: string;

  @IsString()
  @Matches(/^\d{4}-\d{2}-\d{2}$/)
  from: string;

  @IsInt()
  @Min(1)
  nights: number;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(8)
  @ValidateNested({ each: true })
  @Type(() => GuestDto)
  guests: GuestDto[];
}
