'use strict';

const { randomUUID } = require('node:crypto');
const createError = require('http-errors');
const { getPlan } = require('./plans');

const subscriptions = new Map();

async function createSubscription(input) {
  const plan = await getPlan(input.planId);
  for (const other of subscriptions.values()) {
    if (other.customerId === input.customerId && other.planId === plan.id && other.status === 'active') {
      throw createError(409, 'The customer has this plan already');
    }
  }
  const subscription = {
    id: randomUUID(),
    planId: plan.id,
    customerId: input.customerId,
    quantity: input.quantity,
    status: input.trialDays ? 'trialing' : 'active',
    couponCode: input.couponCode || null,
    startedAt: new Date().toISOString(),
    cancelledAt: null,
  };
  subscriptions.set(subscription.id, subscription);
  return subscription;
}

async function getSubscription(id) {
  const subscription = subscriptions.get(id);
  if (!subscription) {
    throw createError(404, `Subscription ${id} does not exist`);
  }
  return subscription;
}

async function cancelSubscription(id, atPeriodEnd) {
  const subscription = await getSubscription(id);
  if (subscription.status === 'cancelled') {
    throw createError(409, 'The subscription is cancelled already');
  }
  subscription.status = atPeriodEnd ? subscription.status : 'cancelled';
  subscription.cancelledAt = new Date().toISOString();
  return subscription;
}

module.exports = { createSubscription, getSubscription, cancelSubscription };
