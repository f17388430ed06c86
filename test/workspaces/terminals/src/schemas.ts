import Joi from 'joi';

export const terminalId = Joi.object({ terminalId: Joi.string().required() });

export const page = Joi.object({
  limit: Joi.number().integer().min(1).max(100).default(25),
  after: Joi.string(),
  state: Joi.string().valid('online', 'offline', 'retired'),
});

export const newTerminal = Joi.object({
  serial: Joi.string().min(8).max(20).required(),
  model: Joi.string().valid('desk', 'mobile', 'kiosk').required(),
  locationId: Joi.string().required(),
  label: Joi.string().max(60),
});

export const relocation = Joi.object({ locationId: Joi.string().required() });

export const payment = Joi.object({
  amount: Joi.number().integer().min(1).required(),
  currency: Joi.string().valid('EUR', 'USD', 'GBP').required(),
  reference: Joi.string().max(35),
});

export const newLocation = Joi.object({
  name: Joi.string().required(),
  city: Joi.string().required(),
  postcode: Joi.string().allow(null),
});
