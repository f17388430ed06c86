// Owns the labels of the drift report's page in German. It must not know where they stand.

import type { Words } from './words.ts';

export const germanLabels: Words = {
  'Accepted too': 'Auch angenommene',
  'Accepted: ': 'Angenommen: ',
  'Acceptance readiness': 'Abnahmereife',
  Acceptance: 'Abnahme',
  'After an incident': 'Nach einem Vorfall',
  Audit: 'Prüfung',
  'Audit evidence': 'Prüfnachweis',
  Body: 'Inhalt',
  'Break clients': 'Brechen Aufrufer',
  Code: 'Code',
  Contract: 'Vertrag',
  Contracts: 'Verträge',
  'Copy link': 'Verweis kopieren',
  Coverage: 'Abdeckung',
  'Coverage per operation': 'Abdeckung je Operation',
  'Drift points': 'Abweichungspunkte',
  'Drift report': 'Abweichungsbericht',
  'Executive summary': 'Zusammenfassung',
  'Explain the rule': 'Regel erklären',
  Family: 'Familie',
  Fidelity: 'Treue',
  'Filter the findings': 'Befunde filtern',
  Findings: 'Befunde',
  'Fully read': 'Ganz gelesen',
  'Gravest first': 'Das Schwerste zuerst',
  'Hide both sides': 'Beide Seiten verbergen',
  'How the score is made': 'Wie die Wertung entsteht',
  'Keys: {0} search, {1} and {2} next and previous, {3} both sides, {4} copy a link.':
    'Tasten: {0} suchen, {1} und {2} nächster und voriger, {3} beide Seiten, {4} Verweis kopieren.',
  Next: 'Als Nächstes',
  'No finding matches.': 'Kein Befund passt.',
  'Not decided': 'Nicht entschieden',
  'Only proved': 'Nur bewiesene',
  Operation: 'Operation',
  Operations: 'Operationen',
  Overview: 'Überblick',
  Parameters: 'Parameter',
  Preset: 'Auswahl',
  'Promises: {0}': 'Zusagen: {0}',
  'Repairs that the editor offers:': 'Korrekturen, die der Editor anbietet:',
  Responses: 'Antworten',
  Role: 'Rolle',
  'Save as': 'Sichern als',
  'Save as…': 'Sichern als …',
  Search: 'Suchen',
  'Search in findings': 'In den Befunden suchen',
  Security: 'Sicherheit',
  Served: 'Bedient',
  Severities: 'Schweregrade',
  Severity: 'Schwere',
  'Show both sides': 'Beide Seiten zeigen',
  'Show more': 'Mehr zeigen',
  'Show more ({0} left)': 'Mehr zeigen (noch {0})',
  'Skip to the findings': 'Zu den Befunden springen',
  Statuses: 'Status',
  'The list of findings needs the script of this page. The Markdown report has the same list as text.':
    'Die Liste der Befunde braucht das Skript dieser Seite. Der Markdown-Bericht hat dieselbe Liste als Text.',
  'There is no finding.': 'Es gibt keinen Befund.',
  'This side has nothing.': 'Diese Seite hat nichts.',
  Undecided: 'Unentschieden',
  'Until {0}.': 'Bis {0}.',
  'Vendor onboarding': 'Aufnahme eines Anbieters',
  Version: 'Version',
  'What could not be decided, and how to help': 'Was nicht zu entscheiden war, und was hilft',
  'What differs': 'Was abweicht',
  'Why unknown': 'Warum unbekannt',
  'accepted by {0}': 'angenommen durch {0}',
  drifting: 'abweichend',
  error: 'Fehler',
  hint: 'Hinweis',
  information: 'Information',
  kept: 'gehalten',
  likely: 'wahrscheinlich',
  met: 'erfüllt',
  'no reason was given': 'ohne Begründung',
  'not met': 'nicht erfüllt',
  'nothing promised': 'nichts zugesagt',
  'nothing there': 'nichts dort',
  open: 'offen',
  undecided: 'unentschieden',
  unknown: 'unbekannt',
  verified: 'geprüft',
  warning: 'Warnung',
  '{0} of {1} kept in full': '{0} von {1} ganz gehalten',
  '{0} of {1} shown': '{0} von {1} gezeigt',
  '{0}, {1} from line {2}': '{0}, {1} ab Zeile {2}',
  '{0}: all': '{0}: alle',
  '✓ verified, ≠ drifting, ? unknown, empty: the contract promises nothing there.':
    '✓ geprüft, ≠ abweichend, ? unbekannt, leer: der Vertrag sagt dort nichts zu.',
  'Where contracts and code disagree, how much of both was seen, and what to do first.':
    'Wo Verträge und Code einander widersprechen, wie viel von beiden zu sehen war, und was zuerst zu tun ist.',
  'What a tester would trip over: behaviour that no contract describes, promises that nothing keeps, and what breaks a client.':
    'Worüber Prüfer stolpern: Verhalten, das kein Vertrag beschreibt, Zusagen, die nichts hält, und was Aufrufer bricht.',
  'What drifts in the files that changed in the window, so that the cause can be looked for where it was made.':
    'Was in den Dateien abweicht, die sich im Zeitraum geändert haben, damit die Ursache dort gesucht wird, wo sie entstand.',
  'What was checked, what was found, what was accepted and why, and what could not be seen.':
    'Was geprüft, was gefunden, was warum angenommen wurde, und was nicht zu sehen war.',
  'What a contract of somebody else promises, what it leaves unsaid, and where code that calls it is not ready.':
    'Was der Vertrag eines anderen zusagt, was er verschweigt, und wo der Code, der ihn aufruft, nicht so weit ist.',
  'nothing could be decided': 'nichts war zu entscheiden',
  'of 100: {0} of {1} decided promises are kept': 'von 100: {0} von {1} entschiedenen Zusagen sind gehalten',
  'of {0} open finding': 'von {0} offenen Befund',
  'of {0} open findings': 'von {0} offenen Befunden',
  'of {0} operation': 'von {0} Operation',
  'of {0} operations': 'von {0} Operationen',
  'of {0} promises': 'von {0} Zusagen',
  'Clients that trust the contract will break.': 'Aufrufer, die dem Vertrag vertrauen, werden brechen.',
  'Clients that trust the contracts will break.': 'Aufrufer, die den Verträgen vertrauen, werden brechen.',
  'Clients that trust the contract will break in 1 operation.':
    'Aufrufer, die dem Vertrag vertrauen, werden in 1 Operation brechen.',
  'Clients that trust the contracts will break in 1 operation.':
    'Aufrufer, die den Verträgen vertrauen, werden in 1 Operation brechen.',
  'Clients that trust the contract will break in {0} operations.':
    'Aufrufer, die dem Vertrag vertrauen, werden in {0} Operationen brechen.',
  'Clients that trust the contracts will break in {0} operations.':
    'Aufrufer, die den Verträgen vertrauen, werden in {0} Operationen brechen.',
  'No client breaks for certain, but the code differs from its contract in 1 place.':
    'Kein Aufrufer bricht mit Sicherheit, doch weicht der Code an 1 Stelle von seinem Vertrag ab.',
  'No client breaks for certain, but the code differs from their contracts in 1 place.':
    'Kein Aufrufer bricht mit Sicherheit, doch weicht der Code an 1 Stelle von seinen Verträgen ab.',
  'No client breaks for certain, but the code differs from its contract in {0} places.':
    'Kein Aufrufer bricht mit Sicherheit, doch weicht der Code an {0} Stellen von seinem Vertrag ab.',
  'No client breaks for certain, but the code differs from their contracts in {0} places.':
    'Kein Aufrufer bricht mit Sicherheit, doch weicht der Code an {0} Stellen von seinen Verträgen ab.',
  'Everything that could be seen agrees with its contract.':
    'Alles, was zu sehen war, stimmt mit seinem Vertrag überein.',
  'Everything that could be seen agrees with their contracts.':
    'Alles, was zu sehen war, stimmt mit seinen Verträgen überein.',
  'Nothing could be decided: no operation of a contract is served by code that could be read.':
    'Nichts war zu entscheiden: keine Operation eines Vertrags wird von Code bedient, der zu lesen war.',
  'Decide for {0} error which side is right.': 'Für {0} Fehler entscheiden, welche Seite recht hat.',
  'Decide for {0} errors which side is right.': 'Für {0} Fehler entscheiden, welche Seite recht hat.',
  'Use the repairs that are offered: {0} finding has one.':
    'Die Korrekturen nutzen, die angeboten werden: {0} Befund hat eine.',
  'Use the repairs that are offered: {0} findings have one.':
    'Die Korrekturen nutzen, die angeboten werden: {0} Befunde haben eine.',
  'Describe {0} undocumented route in the contract, or list it as internal.':
    '{0} unbeschriebene Route in den Vertrag aufnehmen oder als intern nennen.',
  'Describe {0} undocumented routes in the contract, or list them as internal.':
    '{0} unbeschriebene Routen in den Vertrag aufnehmen oder als intern nennen.',
  'See more: {0}': 'Mehr sehen: {0}',
  'See more at {0}: {1}': 'Mehr sehen bei {0}: {1}',
  'Keep it so: run the check with every change.': 'So halten: die Prüfung bei jeder Änderung laufen lassen.',
};
