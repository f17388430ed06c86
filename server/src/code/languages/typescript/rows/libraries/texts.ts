// Owns the libraries whose results are texts, numbers and answers of yes and no: ids, dates, digests, tokens. None of them calls back with
// a request or keeps what it is given.
// It must not know frameworks or rows.

import { numberShape, stringShape } from '../../../../../shape/shape.ts';
import {
  type CallSite,
  type ExternalValue,
  type Model,
  native,
  type PackageModel,
  resultOf,
  shaped,
  someBoolean,
  someNumber,
  someString,
  undefinedValue,
  unknown,
  type Value,
} from '../../value.ts';
import { dateValue, libraryError, listOf, mayThrow } from '../row.ts';

/** The result of a function of which nothing is said but that it only reads what it is given. */
const onward = (external: ExternalValue, site: CallSite): Value => ({
  kind: 'external',
  package: external.package,
  path: [...external.path, resultOf],
  place: site.place,
});

const ids: PackageModel = {
  packages: [
    'uuid',
    'uuidv4',
    'uuidv7',
    'nanoid',
    'cuid',
    '@paralleldrive/cuid2',
    'ulid',
    'ulidx',
    'shortid',
    'short-uuid',
    'crypto-random-string',
    'slugify',
    'nanoid/non-secure',
  ],
  call(_m, external, site) {
    const last = external.path.at(-1) ?? '';
    if (/^(validate|isValid|isUuid|isCuid)$/i.test(last)) return someBoolean();
    if (/^custom/.test(last)) return native({ name: 'id maker', call: () => someString() }, undefined, site.place);
    const isUuid = /^uuid/.test(external.package) && /^(v\d|uuid|default|=)$/.test(last);
    return shaped(stringShape(site.place, isUuid ? { format: 'uuid' } : {}));
  },
};

const moment: Model = {
  name: 'moment',
  shape: (_m, self) => stringShape(self.place, { format: 'date-time' }),
  method(m, self, key, site) {
    if (/^(toDate|toJSDate)$/.test(key)) return dateValue(m, site);
    if (
      /^(format|from|fromNow|to|toNow|toString|calendar|toRelative|toISODate|toISOTime|toSQL|toFormat|toHTTP|toRFC2822|toLocale\w*|humanize)$/.test(
        key,
      )
    )
      return key === 'toISODate' ? shaped(stringShape(site.place, { format: 'date' })) : someString();
    if (/^to(ISO|ISOString|JSON)$/.test(key)) return shaped(stringShape(site.place, { format: 'date-time' }));
    if (/^(is[A-Z]\w*)$/.test(key)) return someBoolean();
    if (/^(unix|valueOf|toMillis|toSeconds|toUnixInteger|diff|daysInMonth|utcOffset)$/.test(key))
      // Luxon's difference is a duration.
      return key === 'diff' ? unknown('spread-or-any', site.place) : someNumber();
    if (
      /^(add|subtract|startOf|endOf|utc|local|tz|clone|set|plus|minus|toUTC|toLocal|setZone|setLocale|locale)$/.test(
        key,
      )
    )
      return self;
    // Without an argument these give a part of the date, with one they change it.
    if (/^(year|month|date|day|hour|minute|second|millisecond|week|quarter)s?$/.test(key))
      return site.args.length === 0 ? someNumber(true) : self;
    return undefined;
  },
};

const dates: PackageModel = {
  packages: ['dayjs', 'moment', 'moment-timezone', 'luxon'],
  call(_m, external, site) {
    const path = external.path.filter((part) => part !== 'default' && part !== '=');
    if (path.includes(resultOf) || path.includes('Duration') || path.includes('Interval') || path.includes('duration'))
      return undefined;
    const last = path.at(-1);
    if (last === 'extend' || last === 'locale') return undefinedValue;
    if (external.package === 'luxon' && path[0] !== 'DateTime') return undefined;
    if (last === 'isMoment' || last === 'isDayjs' || last === 'isDateTime') return someBoolean();
    return native(moment, undefined, site.place);
  },
};

const dateFunctions: PackageModel = {
  packages: ['date-fns', 'date-fns-tz', 'date-fns/fp'],
  call(m, external, site) {
    const last = external.path.at(-1)?.replace(/^\//, '') ?? '';
    if (/^format(ISO)?$|^format/.test(last)) return someString();
    if (/^(is|are)[A-Z]/.test(last)) return someBoolean();
    if (/^(get|differenceIn)|Of(Month|Year|Week)$/.test(last) && !/^(start|end|last|set)/.test(last))
      return someNumber(true);
    if (/^(add|sub|start|end|set|parse|from|to|max|min|next|previous|closest|roundTo|utcTo|zonedTo)/.test(last))
      return dateValue(m, site);
    return undefined;
  },
};

const digests: PackageModel = {
  packages: ['bcrypt', 'bcryptjs', 'argon2', '@node-rs/bcrypt', '@node-rs/argon2'],
  call(_m, external, site) {
    // With a callback the result comes by another way.
    if (site.args.some((argument) => argument.kind === 'function')) return undefined;
    const last = external.path.at(-1) ?? '';
    if (/^(compare|compareSync|verify|verifySync|needsRehash)$/.test(last)) return someBoolean();
    return /^(hash|hashSync|genSalt|genSaltSync)$/.test(last) ? someString() : undefined;
  },
};

const crypto: PackageModel = {
  packages: ['crypto'],
  call(m, external, site) {
    const last = external.path.at(-1) ?? '';
    if (last === 'randomUUID') return shaped(stringShape(site.place, { format: 'uuid' }));
    if (last === 'randomInt') return shaped(numberShape(site.place, { integer: true }));
    if (last === 'timingSafeEqual' || last === 'verify') return someBoolean();
    if (last === 'getHashes' || last === 'getCiphers') return listOf(someString());
    if (/^(digest|toString|final|sign)$/.test(last) && external.path.includes(resultOf))
      return site.args.length > 0 ? someString() : onward(external, site);
    const callback = site.args.find((argument) => argument.kind === 'function');
    if (callback) return undefined;
    return m.summarising ? onward(external, site) : undefined;
  },
};

const tokens: PackageModel = {
  packages: ['jsonwebtoken', 'jws', 'jwt-decode', 'jwt-simple'],
  call(m, external, site) {
    const last = external.path.at(-1) ?? '';
    if (site.args.some((argument) => argument.kind === 'function')) return undefined;
    if (last === 'sign' || last === 'encode') return someString();
    if (last === 'decode' || last === 'jwtDecode') return unknown('spread-or-any', site.place);
    if (last !== 'verify') return undefined;
    mayThrow(m, libraryError(external.package, ['JsonWebTokenError'], {}, site.place), site.place);
    return { ...unknown('spread-or-any', site.place), truthy: true };
  },
};

export const textPackages: readonly PackageModel[] = [ids, dates, dateFunctions, digests, crypto, tokens];
