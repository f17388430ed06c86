// Owns the German texts about what could not be read of an operation, why, and what helps. It must not know where they are said.

/** Texts by their English words. */
type Table = Readonly<Record<string, string>>;

/** Parts of an operation, by their English names. */
const parts: Table = {
  body: 'Inhalt',
  cookies: 'Cookies',
  headers: 'Köpfe',
  'path parameters': 'Pfadparameter',
  query: 'Abfrage',
  route: 'Route',
  security: 'Sicherheit',
  statuses: 'Status',
};

/** Clauses that follow "because". */
const meanings: Table = {
  'a path is put together at run time': 'ein Pfad entsteht erst zur Laufzeit',
  'a method is chosen at run time': 'eine Methode wird erst zur Laufzeit gewählt',
  'an import leads to a file that is not there': 'ein Import führt zu einer Datei, die nicht da ist',
  'the prefix of a router is not known': 'das Präfix eines Routers ist nicht bekannt',
  'it depends on the environment': 'es hängt von der Umgebung ab',
  'it is registered only under a condition': 'es wird nur unter einer Bedingung angemeldet',
  'a container chooses the implementation at run time': 'ein Container wählt die Umsetzung erst zur Laufzeit',
  'a catch-all handler or a proxy answers': 'eine Behandlung für alles oder ein Proxy antwortet',
  'the code is generated': 'der Code ist erzeugt',
  'the request is handed as a whole to code that cannot be followed':
    'die Anfrage geht als Ganzes an Code, dem nicht zu folgen ist',
  'a spread or an untyped value hides the fields': 'ein Spread oder ein Wert ohne Typ verdeckt die Felder',
  'a serialiser of its own shapes the answer': 'ein eigener Serialisierer formt die Antwort',
  'an error handler maps errors to statuses in a way that cannot be read':
    'eine Fehlerbehandlung macht aus Fehlern Status auf eine Weise, die nicht lesbar ist',
  'an answer leaves with a status that is not constant':
    'eine Antwort geht mit einem Status hinaus, der nicht fest ist',
  'a file does not parse': 'eine Datei ist nicht lesbar geschrieben',
  'the framework or middleware has no model here': 'für das Framework oder die Middleware gibt es hier kein Modell',
  'several contracts may govern this app': 'mehrere Verträge könnten für diese App gelten',
  'the contract refers to something that is not in the workspace':
    'der Vertrag verweist auf etwas, das nicht im Arbeitsbereich ist',
  'the analysis stopped at its limit': 'die Analyse hat ihre Grenze erreicht',
};

/** One line each on how to help. */
const hints: Table = {
  'Write the path as a constant or a template of constants where the route is registered.':
    'Schreiben Sie den Pfad als Konstante oder aus Konstanten, wo die Route angemeldet wird.',
  'Register each method by its own name, or loop over a constant list.':
    'Melden Sie jede Methode unter ihrem Namen an, oder in einer Schleife über eine feste Liste.',
  'Install the dependencies or check the path mapping in tsconfig.json, so that the import can be followed.':
    'Installieren Sie die Abhängigkeiten oder prüfen Sie die Pfade in tsconfig.json, damit dem Import zu folgen ist.',
  'Mount the router with a constant path, in a file that the analysis reads.':
    'Hängen Sie den Router unter einem festen Pfad ein, in einer Datei, die gelesen wird.',
  'Give the variable a constant default, so that the usual case can be read.':
    'Geben Sie der Variablen einen festen Vorgabewert, damit der übliche Fall lesbar ist.',
  'Register it always, or list it under `internal` in fidelity.yaml when no contract should describe it.':
    'Melden Sie es immer an, oder nennen Sie es in fidelity.yaml unter `internal`, wenn kein Vertrag es beschreiben soll.',
  'Give the injected value a declared class type, so that its methods can be found.':
    'Geben Sie dem Wert eine Klasse als Typ, damit seine Methoden zu finden sind.',
  'List what is forwarded as routes of their own, or mark the contract as consumed in fidelity.yaml.':
    'Nennen Sie, was weitergereicht wird, als eigene Routen, oder kennzeichnen Sie den Vertrag in fidelity.yaml als consumed.',
  'Point `code.include` in fidelity.yaml at the source that the generator reads, or generate again.':
    'Richten Sie `code.include` in fidelity.yaml auf die Quelle des Generators, oder erzeugen Sie neu.',
  'Pass the fields that are needed instead of the request, or validate them with a schema on the route.':
    'Übergeben Sie die nötigen Felder statt der Anfrage, oder prüfen Sie sie mit einem Schema an der Route.',
  'Name the fields, or declare the type of what is spread.':
    'Nennen Sie die Felder, oder geben Sie dem, was eingestreut wird, einen Typ.',
  'Return the object in its final form, or declare the return type of the serialiser.':
    'Geben Sie das Objekt in seiner letzten Form zurück, oder nennen Sie den Rückgabetyp des Serialisierers.',
  'Map errors by class, by name or by a `status` property with constant values.':
    'Ordnen Sie Fehler nach Klasse, nach Namen oder nach einer Eigenschaft `status` mit festen Werten zu.',
  'Give the status as a number or a constant where the answer is sent.':
    'Geben Sie den Status als Zahl oder Konstante an, wo die Antwort gesendet wird.',
  'Correct the syntax error; until then nothing is concluded from the file.':
    'Beheben Sie den Syntaxfehler; bis dahin wird aus der Datei nichts geschlossen.',
  'Put a schema or a plain handler in front of it; until then its effect counts as unknown.':
    'Stellen Sie ein Schema oder eine einfache Behandlung davor; bis dahin gilt die Wirkung als unbekannt.',
  'Say in fidelity.yaml which `code` each contract governs.':
    'Sagen Sie in fidelity.yaml, für welchen `code` jeder Vertrag gilt.',
  'Copy the referenced document into the workspace; nothing is fetched from the network.':
    'Kopieren Sie das Dokument in den Arbeitsbereich; aus dem Netz wird nichts geholt.',
  'Narrow the code with `code.include` in fidelity.yaml, or split very large handlers.':
    'Grenzen Sie den Code mit `code.include` in fidelity.yaml ein, oder teilen Sie sehr große Behandlungen.',
};

export const germanReasons: Table = { ...parts, ...meanings, ...hints };
