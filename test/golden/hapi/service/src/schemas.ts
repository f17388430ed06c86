import Joi from 'joi';

export const repair = Joi.object({
  id: Joi.string().required(),
  device: Joi.string().required(),
  kind: Joi.string().valid('screen', 'battery', 'other').required(),
  state: Joi.string().valid('open', 'done').required(),
  price: Joi.number().required(),
}).label('Repair');

export const newRepair = Joi.object({
  device: Joi.string().min(3).max(40).required(),
  kind: Joi.string().valid('screen', 'battery', 'other').required(),
  price: Joi.number().min(0).required(),
})
  .required()
  .label('NewRepair');

export const quote = Joi.object({ price: Joi.number().min(0).required() })
  .required()
  .label('Quote');

export const page = Joi.object({
  limit: Joi.number().integer().min(1).max(100).default(20),
  kind: Joi.string().valid('screen', 'battery', 'other'),
});

export const repairId = Joi.object({ id: Joi.string().required() });

export const failure = Joi.object({
  statusCode: Joi.number().integer().required(),
  error: Joi.string().required(),
  message: Joi.string().required(),
}).label('Failure');
