import { ServiceError } from './errors.js';

const vouchers = new Map();

const present = (voucher) => ({
  code: voucher.code,
  amount: voucher.amount,
  state: voucher.redeemedAt ? 'redeemed' : 'open',
  redeemedAt: voucher.redeemedAt ? voucher.redeemedAt.toISOString() : null,
});

function load(code) {
  const voucher = vouchers.get(code);
  if (!voucher) throw new ServiceError(404, 'not_found', 'there is no such voucher');
  return voucher;
}

export function list() {
  return [...vouchers.values()].map(present);
}

export function find(code) {
  return present(load(code));
}

export function issue(amount) {
  const voucher = { code: `v_${vouchers.size + 1}`, amount, redeemedAt: undefined };
  vouchers.set(voucher.code, voucher);
  return present(voucher);
}

export function redeem(code) {
  const voucher = load(code);
  if (voucher.redeemedAt) throw new ServiceError(409, 'redeemed', 'the voucher is redeemed');
  voucher.redeemedAt = new Date();
  return present(voucher);
}

export function drop(code) {
  load(code);
  vouchers.delete(code);
}
