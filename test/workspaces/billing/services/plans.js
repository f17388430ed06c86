'use strict';

const createError = require('http-errors');

const plans = [
  { id: 'basic-eur', name: 'Basic', price: 900, currency: 'EUR', interval: 'month', features: ['invoicing'] },
  { id: 'pro-usd', name: 'Pro', price: 2900, currency: 'USD', interval: 'month', features: ['invoicing', 'dunning'] },
];

function toPlan(plan) {
  return {
    id: plan.id,
    name: plan.name,
    price: plan.price,
    currency: plan.currency,
    interval: plan.interval,
    features: plan.features,
  };
}

async function listPlans(currency) {
  return plans.filter((plan) => !currency || plan.currency === currency).map(toPlan);
}

async function getPlan(id) {
  const plan = plans.find((candidate) => candidate.id === id);
  if (!plan) {
    throw createError(404, `Plan ${id} does not exist`);
  }
  return toPlan(plan);
}

module.exports = { listPlans, getPlan };
