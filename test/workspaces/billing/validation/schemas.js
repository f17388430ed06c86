'use strict';

const Joi = require('joi');

const currency = Joi.string().valid('EUR', 'USD');

exports.listPlans = Joi.object({
  currency: currency,
});

exports.createSubscription = Joi.object({
  planId: Joi.string().required(),
  customerId: Joi.string().max(40).required(),
  quantity: Joi.number().integer().min(1).max(1000).default(1),
  trialDays: Joi.number().integer().min(0).max(90),
  couponCode: Joi.string(),
});

exports.cancelSubscription = Joi.object({
  atPeriodEnd: Joi.boolean().required(),
  comment: Joi.string().max(500),
});

exports.listInvoices = Joi.object({
  subscriptionId: Joi.string().required(),
  status: Joi.string().valid('draft', 'open', 'paid', 'void'),
  page: Joi.number().integer().min(1).default(1),
});
