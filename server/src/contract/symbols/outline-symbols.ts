// Owns the outline of one file of a contract, as an editor shows it beside the text. It must not know an editor.

import { pathItemMethods } from '../../base/method.ts';
import type { ContractNode } from '../load/contract-node.ts';
import type { ContractDocument } from '../load/document.ts';
import type { OutlineSymbol } from './model.ts';

/** The sections of a file with its paths, operations and components; for a fragment, its own first levels. */
export function outlineSymbols(document: ContractDocument): readonly OutlineSymbol[] {
  return document.root.entries().map((entry) => {
    switch (entry.token) {
      case 'paths':
      case 'webhooks':
      case 'x-webhooks':
        return section(entry, pathsOf(entry));
      case 'components':
        return section(
          entry,
          maps(entry).map((kind) => section(kind, maps(kind).map(component))),
        );
      case 'definitions':
      case 'securityDefinitions':
        return section(entry, maps(entry).map(component));
      case 'tags':
        return section(entry, entry.items().flatMap(tag));
      default:
        return pathItemMethods.has(entry.token) && entry.kind === 'map' ? operation(entry) : section(entry, []);
    }
  });
}

const maps = (node: ContractNode): ContractNode[] => node.entries().filter((entry) => !entry.token.startsWith('x-'));

function pathsOf(paths: ContractNode): OutlineSymbol[] {
  return paths.entries().map((path) => ({
    ...section(
      path,
      path
        .entries()
        .filter((entry) => pathItemMethods.has(entry.token))
        .map(operation),
    ),
    kind: 'path',
  }));
}

function section(node: ContractNode, children: readonly OutlineSymbol[]): OutlineSymbol {
  return { kind: 'section', name: node.token, place: node.keyPlace, whole: around(node), children };
}

function operation(node: ContractNode): OutlineSymbol {
  const detail = node.textAt('operationId') ?? node.textAt('summary');
  return { ...section(node, []), kind: 'operation', name: node.token.toUpperCase(), detail };
}

const component = (node: ContractNode): OutlineSymbol => ({ ...section(node, []), kind: 'component' });

function tag(node: ContractNode): OutlineSymbol[] {
  const name = node.get('name');
  if (name?.text === undefined) return [];
  return [{ kind: 'tag', name: name.text, place: name.place, whole: node.place, children: [] }];
}

/** From the key to the end of the value. */
function around(node: ContractNode): OutlineSymbol['whole'] {
  const { file, pointer, start } = node.keyPlace;
  return { file, pointer, start, end: Math.max(node.keyPlace.end, node.end) };
}
