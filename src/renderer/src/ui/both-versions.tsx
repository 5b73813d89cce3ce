import { Radio, Table, Text } from '@mantine/core'

export type Side = 'mine' | 'theirs'

/** One field in which two versions differ, in words. */
export interface VersionRow {
  readonly id: string
  readonly label: string
  /** Who changed it; null when that is not told. */
  readonly note: string | null
  readonly mine: string
  readonly theirs: string
  /** Null: not chosen yet. */
  readonly chosen: Side | null
}

interface BothVersionsProps {
  readonly rows: readonly VersionRow[]
  readonly heads: { readonly item: string; readonly mine: string; readonly theirs: string }
  /** Null when there is nothing to choose. */
  readonly onChoose: ((id: string, side: Side) => void) | null
}

/** What this screen holds beside what is saved, field by field, each with its choice. */
export function BothVersions({ rows, heads, onChoose }: BothVersionsProps) {
  const cell = (row: VersionRow, side: Side) => {
    if (onChoose === null) return <Table.Td>{row[side]}</Table.Td>
    return (
      <Table.Td>
        <Radio
          name={row.id}
          label={row[side]}
          aria-label={`${row.label} ${heads[side]} ${row[side]}`}
          checked={row.chosen === side}
          onChange={() => onChoose(row.id, side)}
        />
      </Table.Td>
    )
  }
  return (
    <Table mt="sm" withTableBorder withColumnBorders layout="fixed">
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col" w={150}>
            {heads.item}
          </Table.Th>
          <Table.Th scope="col">{heads.mine}</Table.Th>
          <Table.Th scope="col">{heads.theirs}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          <Table.Tr key={row.id} data-testid="conflict-row">
            <Table.Th scope="row">
              {row.label}
              {row.note !== null && (
                <Text size="xs" c="dimmed" fw={400}>
                  {row.note}
                </Text>
              )}
            </Table.Th>
            {cell(row, 'mine')}
            {cell(row, 'theirs')}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
