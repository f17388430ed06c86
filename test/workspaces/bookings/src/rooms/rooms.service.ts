import { ConflictException, Injectable, NotFoundException } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { CreateRoomDto, ListRoomsDto, RoomKind, UpdateRoomDto } from './room.dto';

export interface Room {
  id: string;
  name: string;
  kind: RoomKind;
  beds: number;
  note: string | null;
  createdAt: string;
}

@Injectable()
export class RoomsService {
  private readonly rooms = new Map<string, Room>();

  list(query: ListRoomsDto): Room[] {
    const all: Room[] = [...this.rooms.values()];
    return all.filter((room) => !query.kind || room.kind === query.kind).slice(0, query.limit);
  }

  find(id: string): Room {
    const room: Room | undefined = this.rooms.get(id);
    if (!room) throw new NotFoundException('no such room');
    return room;
  }

  create(dto: CreateRoomDto): Room {
    const names: string[] = [...this.rooms.values()].map((room) => room.name);
    if (names.includes(dto.name)) throw new ConflictException('the name is taken');
    const room: Room = {
      id: randomUUID(),
      name: dto.name,
      kind: dto.kind,
      beds: dto.beds,
      note: dto.note ?? null,
      createdAt: new Date().toISOString(),
    };
    this.rooms.set(room.id, room);
    return room;
  }

  update(id: string, dto: UpdateRoomDto): Room {
    const room = this.find(id);
    const next: Room = {
      id: room.id,
      name: dto.name ?? room.name,
      kind: dto.kind ?? room.kind,
      beds: dto.beds ?? room.beds,
      note: dto.note ?? room.note,
      createdAt: room.createdAt,
    };
    this.rooms.set(id, next);
    return next;
  }

  remove(id: string): void {
    this.find(id);
    this.rooms.delete(id);
  }
}
