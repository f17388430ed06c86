import { Controller, Get, NotFoundException, Param, Query } from '@nestjs/common';
import { ApiBadRequestResponse, ApiNotFoundResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Refusal } from '../refusal.js';
import { Book, BooksQuery } from './book.js';
import { Shelf } from './shelf.js';

@ApiTags('books')
@Controller('books')
export class BooksController {
  constructor(private readonly shelf: Shelf) {}

  @Get()
  @ApiOkResponse({ type: [Book] })
  @ApiBadRequestResponse({ type: Refusal })
  list(@Query() query: BooksQuery): Book[] {
    return this.shelf.list(query.available);
  }

  @Get(':isbn')
  @ApiOkResponse({ type: Book })
  @ApiNotFoundResponse({ type: Refusal })
  find(@Param('isbn') isbn: string): Book {
    const book = this.shelf.find(isbn);
    if (!book) throw new NotFoundException('There is no such book.');
    return book;
  }

  // Nothing describes this one: the generator knows of it what the decorators of routes say.
  @Get(':isbn/copies')
  copies(@Param('isbn') isbn: string): { copies: number } {
    const book = this.shelf.find(isbn);
    if (!book) throw new NotFoundException('There is no such book.');
    return { copies: book.copies };
  }
}
