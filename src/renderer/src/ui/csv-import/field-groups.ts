import type { FieldGroups } from './csv-import'

/** Fields under the names of their groups, both in the order in which they come. */
export function fieldGroups<Field extends string, Group extends string>(
  fields: readonly Field[],
  groupOf: Readonly<Record<Field, Group>>,
  words: { readonly group: (group: Group) => string; readonly field: (field: Field) => string },
): FieldGroups<Field> {
  const groups = [...new Set(fields.map((field) => groupOf[field]))]
  return groups.map((group) => ({
    group: words.group(group),
    items: fields
      .filter((field) => groupOf[field] === group)
      .map((value) => ({ value, label: words.field(value) })),
  }))
}
