import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from '@sinclair/typebox';
import { authenticate } from '../../authenticate.js';
import {
  Account,
  AccountPage,
  AccountParams,
  CreateAccount,
  Entry,
  ErrorBody,
  ListAccounts,
  ListEntries,
  UpdateAccount,
} from '../../schemas.js';
import * as accounts from '../../services/accounts.js';
import { listEntries } from '../../services/transfers.js';

const routes: FastifyPluginAsyncTypebox = async (app) => {
  app.addHook('onRequest', authenticate);

  app.post(
    '/',
    { schema: { body: CreateAccount, response: { 201: Account, 400: ErrorBody, 401: ErrorBody } } },
    async (request, reply) => {
      const account = await accounts.createAccount(request.body);
      return reply.code(201).send(account);
    },
  );

  app.get(
    '/',
    { schema: { querystring: ListAccounts, response: { 200: AccountPage, 400: ErrorBody, 401: ErrorBody } } },
    async (request) => {
      return accounts.listAccounts(request.query);
    },
  );

  app.get(
    '/:accountId',
    { schema: { params: AccountParams, response: { 200: Account, 400: ErrorBody, 401: ErrorBody, 404: ErrorBody } } },
    async (request) => {
      return accounts.getAccount(request.params.accountId);
    },
  );

  app.patch(
    '/:accountId',
    {
      schema: {
        params: AccountParams,
        body: UpdateAccount,
        response: { 200: Account, 400: ErrorBody, 401: ErrorBody, 404: ErrorBody },
      },
    },
    async (request) => {
      return accounts.updateAccount(request.params.accountId, request.body);
    },
  );

  app.delete(
    '/:accountId',
    {
      schema: {
        params: AccountParams,
        response: { 204: Type.Null(), 400: ErrorBody, 401: ErrorBody, 404: ErrorBody, 409: ErrorBody },
      },
    },
    async (request, reply) => {
      await accounts.closeAccount(request.params.accountId);
      return reply.code(204).send(null);
    },
  );

  app.get(
    '/:accountId/entries',
    {
      schema: {
        params: AccountParams,
        querystring: ListEntries,
        response: {
          200: Type.Object({ data: Type.Array(Entry) }),
          400: ErrorBody,
          401: ErrorBody,
          404: ErrorBody,
        },
      },
    },
    async (request) => {
      const { from, to } = request.query;
      return { data: await listEntries(request.params.accountId, from, to) };
    },
  );
};

export default routes;
