import Joi from 'joi';

export const page = Joi.object({
  limit: Joi.number().integer().min(1).max(50).default(10),
  offset: Joi.number().integer().min(0).default(0),
  status: Joi.string().valid('queued', 'sent', 'failed'),
});

export const newPayout = Joi.object({
  accountId: Joi.string().required(),
  amount: Joi.number().integer().min(1).max(1000000).required(),
  currency: Joi.string().valid('EUR', 'SEK', 'NOK').required(),
  memo: Joi.string().max(140),
});

export const failure = Joi.object({
  reason: Joi.string().valid('rejected', 'closed', 'limit').required(),
});

export const newAccount = Joi.object({
  holder: Joi.string().min(2).required(),
  iban: Joi.string().min(15).max(34).required(),
  country: Joi.string().length(2),
});
