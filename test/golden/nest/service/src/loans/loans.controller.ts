import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  NotFoundException,
  Param,
  ParseIntPipe,
  Patch,
  Post,
  Query,
  UseGuards,
} from '@nestjs/common';
import {
  ApiBadRequestResponse,
  ApiBearerAuth,
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiTags,
  ApiUnauthorizedResponse,
} from '@nestjs/swagger';
import { MemberGuard } from '../member.guard.js';
import { Refusal } from '../refusal.js';
import { Ledger } from './ledger.js';
import { Loan, LoanChange, LoansQuery, NewLoan } from './loan.js';

@ApiTags('loans')
@ApiBearerAuth()
@ApiUnauthorizedResponse({ type: Refusal })
@ApiBadRequestResponse({ type: Refusal })
@UseGuards(MemberGuard)
@Controller('loans')
export class LoansController {
  constructor(private readonly ledger: Ledger) {}

  @Get()
  @ApiOkResponse({ type: [Loan] })
  list(@Query() query: LoansQuery): Loan[] {
    return this.ledger.list(query.state, query.limit);
  }

  @Post()
  @ApiCreatedResponse({ type: Loan })
  open(@Body() wanted: NewLoan): Loan {
    return this.ledger.open(wanted);
  }

  @Get(':id')
  @ApiOkResponse({ type: Loan })
  @ApiNotFoundResponse({ type: Refusal })
  find(@Param('id', ParseIntPipe) id: number): Loan {
    return this.loan(id);
  }

  @Patch(':id')
  @ApiOkResponse({ type: Loan })
  @ApiNotFoundResponse({ type: Refusal })
  change(@Param('id', ParseIntPipe) id: number, @Body() change: LoanChange): Loan {
    return this.ledger.change(this.loan(id), change);
  }

  @Post(':id/return')
  @HttpCode(200)
  @ApiOkResponse({ type: Loan })
  @ApiNotFoundResponse({ type: Refusal })
  @ApiConflictResponse({ type: Refusal })
  close(@Param('id', ParseIntPipe) id: number): Loan {
    return this.ledger.close(this.loan(id));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiNoContentResponse()
  @ApiNotFoundResponse({ type: Refusal })
  @ApiConflictResponse({ type: Refusal })
  forget(@Param('id', ParseIntPipe) id: number): void {
    this.ledger.forget(this.loan(id));
  }

  private loan(id: number): Loan {
    const loan = this.ledger.find(id);
    if (!loan) throw new NotFoundException('There is no such loan.');
    return loan;
  }
}
