import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, ParseUUIDPipe, Patch, Post, Query } from '@nestjs/common';
import { CreateRoomDto, ListRoomsDto, UpdateRoomDto } from './room.dto';
import { Public } from '../security/public';
import { RoomsService } from './rooms.service';

@Controller('rooms')
export class RoomsController {
  constructor(private readonly rooms: RoomsService) {}

  @Public()
  @Get()
  list(@Query() query: ListRoomsDto) {
    return { data: this.rooms.list(query) };
  }

  @Post()
  create(@Body() dto: CreateRoomDto) {
    return this.rooms.create(dto);
  }

  @Public()
  @Get(':roomId')
  find(@Param('roomId', ParseUUIDPipe) roomId: string) {
    return this.rooms.find(roomId);
  }

  @Patch(':roomId')
  update(@Param('roomId', ParseUUIDPipe) roomId: string, @Body() dto: UpdateRoomDto) {
    return this.rooms.update(roomId, dto);
  }

  @Delete(':roomId')
  @HttpCode(HttpStatus.NO_CONTENT)
  remove(@Param('roomId', ParseUUIDPipe) roomId: string) {
    this.rooms.remove(roomId);
  }
}
