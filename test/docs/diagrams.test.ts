import { readFileSync } from 'node:fs';
import { DOCUMENT, withDiagrams } from '../../cli/diagrams';
import { TABLES } from '../../rehearsal/tables';
import { packageFile } from '../../templates/package-file';

const document = readFileSync(packageFile(DOCUMENT), 'utf8');

test('the diagrams of the document are those of the transition tables', () => {
  // Stale? npm run xiaohao -- docs diagrams
  expect(document).toBe(withDiagrams(document));
});

test('every message of every state is drawn', () => {
  for (const [name, { table }] of Object.entries(TABLES)) {
    const [, drawn = ''] = new RegExp(`<!-- diagram: ${name} -->([\\s\\S]*?)<!-- end -->`).exec(document) ?? [];
    for (const message of Object.values(table).flatMap((rows) => Object.keys(rows))) {
      expect(drawn).toContain(message.replace('clock:', '⏰ '));
    }
  }
});

test('a document without a place for a diagram is refused', () => {
  expect(() => withDiagrams('# nothing here')).toThrow('no place for the diagram campaign');
});
