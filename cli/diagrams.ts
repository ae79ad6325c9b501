import { readFileSync, writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { TABLES } from '../rehearsal/tables';
import { packageFile } from '../templates/package-file';

/** The document the diagrams stand in, between `<!-- diagram: NAME -->` and `<!-- end -->`. */
export const DOCUMENT = 'docs/architecture.md';

type Drawn = (typeof TABLES)[string];

/** What follows from the obligations and so has no row: see `settle` in `domain/unit-campaign/index.ts`. */
const DERIVED: Record<string, [from: string, to: string, why: string][]> = {
  'unit-campaign': [['complete', 'running', 'an obligation is reopened or reinstated']],
};

/** `xiaohao docs diagrams`: the state diagrams of the document, drawn anew from the transition tables. */
export function registerDocs(program: Command): void {
  program
    .command('docs')
    .description('文档 documents that are made from the code')
    .command('diagrams')
    .description(`draws the state diagrams of ${DOCUMENT} from the transition tables`)
    .option('--check', 'only say whether they are stale; exit 1 when they are')
    .action(({ check }: { check?: boolean }) => {
      const path = packageFile(DOCUMENT);
      const before = readFileSync(path, 'utf8');
      const now = withDiagrams(before);
      if (check && now !== before) {
        process.stderr.write(`${DOCUMENT} is stale: npm run xiaohao -- docs diagrams\n`);
        process.exitCode = 1;
      } else if (now !== before) writeFileSync(path, now);
    });
}

/** The document with every diagram as the tables have it now. @throws Error when one of them has no place in it. */
export function withDiagrams(document: string): string {
  return Object.entries(TABLES).reduce((text, [name, drawn]) => {
    const place = new RegExp(`(<!-- diagram: ${name} -->\n)[^]*?(<!-- end -->)`);
    if (!place.test(text)) throw new Error(`${DOCUMENT} has no place for the diagram ${name}`);
    return text.replace(place, (_, begin, end) => `${begin}${diagramOf(drawn, DERIVED[name] ?? [])}${end}`);
  }, document);
}

/** A mermaid diagram: what leads elsewhere is an arrow, what leaves a state as it is stands in its box. */
function diagramOf({ table, from }: Drawn, derived: [string, string, string][]): string {
  const lines = ['```mermaid', 'stateDiagram-v2', `  [*] --> ${idOf(from)}`];
  for (const [state, rows] of Object.entries(table)) {
    const arrows = new Map<string, string[]>();
    for (const [message, { to }] of Object.entries(rows)) {
      for (const next of [to].flat() as string[]) arrows.set(next, [...(arrows.get(next) ?? []), labelOf(message)]);
    }
    const staying = arrows.get(state);
    arrows.delete(state);
    lines.push(`  state "${[state, ...wrapped(staying ?? [])].join('<br/>')}" as ${idOf(state)}`);
    for (const [next, labels] of arrows) lines.push(`  ${idOf(state)} --> ${idOf(next)} : ${labels.join(', ')}`);
    if (Object.keys(rows).length === 0) lines.push(`  ${idOf(state)} --> [*]`);
  }
  for (const [state, next, why] of derived) lines.push(`  ${idOf(state)} --> ${idOf(next)} : (${why})`);
  return [...lines, '```', ''].join('\n');
}

/** Three to a line, so that no box is wider than the page. */
function wrapped(messages: string[]): string[] {
  const lines: string[] = [];
  for (let i = 0; i < messages.length; i += 3) lines.push(`↻ ${messages.slice(i, i + 3).join(', ')}`);
  return lines;
}

/** A clock that runs out is drawn as one. */
function labelOf(message: string): string {
  return message.replace(/^clock:/, '⏰ ');
}

/** mermaid takes no hyphen in a name. */
function idOf(state: string): string {
  return state.replaceAll('-', '_');
}
