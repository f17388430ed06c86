// Owns the controls that only an editor's panel has: the preset, and what the report can be saved as. It must not know findings.

import { element } from './element.ts';
import { ask } from './host.ts';
import { label } from './words.ts';

const presetTitles: Readonly<Record<string, string>> = {
  overview: 'Overview',
  uat: 'Acceptance',
  'post-incident': 'After an incident',
  audit: 'Audit',
  'vendor-onboarding': 'Vendor onboarding',
};

const formats: Readonly<Record<string, string>> = { html: 'HTML', markdown: 'Markdown', sarif: 'SARIF', json: 'JSON' };

/** Puts the controls into their place. */
export function presets(place: HTMLElement, chosen: string): void {
  const preset = element('select', { 'aria-label': label('Preset') });
  for (const [name, title] of Object.entries(presetTitles)) {
    preset.append(element('option', { value: name, selected: name === chosen }, label(title)));
  }
  preset.addEventListener('change', () => ask({ type: 'preset', preset: preset.value }));
  const save = element(
    'select',
    { 'aria-label': label('Save as') },
    element('option', { value: '' }, label('Save as…')),
  );
  for (const [name, title] of Object.entries(formats)) save.append(element('option', { value: name }, title));
  save.addEventListener('change', () => {
    if (save.value !== '') ask({ type: 'export', format: save.value });
    save.value = '';
  });
  place.replaceChildren(preset, save);
}
