// Owns `BaseExceptionFilter`, which the workspace's filters extend: it answers as the framework does.
// It must not know which filters a route has.

import type { Machine } from '../machine.ts';
import { type CallSite, type ExternalValue, nativeFunction, undefinedValue, type Value } from '../value.ts';
import { answerException } from './filters.ts';
import { sceneOf } from './scene.ts';

/** An instance of the class itself. */
export const baseFilter = (cls: ExternalValue, site: CallSite): Value => ({
  kind: 'object',
  props: new Map(),
  places: new Map(),
  cls,
  place: site.place,
});

/** `catch(exception, host)` of the base class. */
export const baseCatch = (_m: Machine): Value =>
  nativeFunction('catch', (_machine, site) => {
    const [value, host] = site.args;
    const scene = sceneOf(host);
    if (scene && value) answerException(scene, { value, place: site.place });
    return undefinedValue;
  });
