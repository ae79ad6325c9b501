/** A case's id as the API has it: without its kind, which the address names. */
export function opaque(processId: string): string {
  return processId.slice(processId.indexOf('/') + 1);
}
